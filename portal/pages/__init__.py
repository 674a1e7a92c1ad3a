"""What editors write: page types, images and documents of the site."""
