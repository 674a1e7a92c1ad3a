"""Screens of search inside the editors' face: words of one meaning."""
