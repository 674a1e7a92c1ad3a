"""The screens of publishing: review, withdrawal, plans, the bin, and who may do what where."""
