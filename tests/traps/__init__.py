"""The sixteen traps of Wagtail 7.4.4, each as wishes that can be asked of any site.

A trap is told as what a bureau may expect (`first.py`, `second.py`; `traps.py` is the table). A `Ground`
plays it on one site: `tests/stock/ground.py` on a stock Wagtail site, where every single wish must be broken,
and the portal's on ours, where every one must hold. A wish that stock fulfils would prove nothing.
"""
