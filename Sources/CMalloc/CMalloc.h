/* glibc's settings of its allocator, which Swift's own module leaves out. */
#include <malloc.h>
