"""Awards (保障): what a household receives, month by month, and where the right to it comes from."""
