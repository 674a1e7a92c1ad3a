"""Who acts: accounts, officers, their dated appointments to a role in an area."""
