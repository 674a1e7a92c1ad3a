"""The relief projects that hang on the spine; they do not know each other."""
