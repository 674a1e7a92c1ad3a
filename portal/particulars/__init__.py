"""The bureau's public particulars (站点设置): name, hotline, addresses, record numbers, words at the foot."""
