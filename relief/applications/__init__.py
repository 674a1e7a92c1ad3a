"""Applications (申请): one case on one road."""
