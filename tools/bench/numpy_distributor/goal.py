# Near a goal that customers can see they order more to reach it, and a part of that only earlier.
import numpy as np

from . import price


def orders(study, progress, balance):
    """What mean orders are multiplied by, with `progress` of the way behind a customer, 0 where there is no goal; and
    what is borrowed from later months by now, in months of usual orders."""
    table = study.tables["purchasing"]
    attracted = np.exp(table["cut_pressure"] * progress**2)
    return price.borrow(1, attracted, balance, table["cut_borrowed"], table["payback_rate"])
