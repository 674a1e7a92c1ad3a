"""How a page becomes public, changes and leaves: one act, four eyes, no silent change (信息发布审核)."""
