"""What must stay secret though it is kept for ever: sealed columns, data keys, blind indexes, masking."""
