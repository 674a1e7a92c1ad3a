"""Files and pictures that editors upload: immutable versions, what is public of them, how they are served."""
