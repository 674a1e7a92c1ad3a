"""What time makes due (定时任务): every scheduled act of every room, run by `manage.py tick`."""
