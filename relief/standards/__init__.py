"""Numbers of the law as dated values with their clause, and the legal clock."""
