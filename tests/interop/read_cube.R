# Prints the sums of a cube's metrics and the labels of its policies, as R's ncdf4 sees them.
library(ncdf4)
cube <- nc_open(commandArgs(trailingOnly = TRUE)[1])
metrics <- Filter(function(name) identical(ncatt_get(cube, name, "role")$value, "metric"), names(cube$var))
cat(sapply(metrics, function(name) format(sum(ncvar_get(cube, name), na.rm = TRUE), digits = 17)), "\n")
cat(paste(ncvar_get(cube, "policy"), collapse = "|"), "\n", sep = "")
nc_close(cube)
