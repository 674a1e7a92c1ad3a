"""Audit trail (留痕): every act one Event, every changed row one history row that names it."""
