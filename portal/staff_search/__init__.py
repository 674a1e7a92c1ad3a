"""What staff find in the CMS and at the desk: the finder's analysis over an index that holds drafts too."""
