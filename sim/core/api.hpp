// What leaves a shared library: everything is hidden unless it carries this mark.
#pragma once

#define CLIENTELE_API __attribute__((visibility("default")))
