# The distributor's study lived by NumPy: a second opinion on the engine, and a yardstick of its speed.
