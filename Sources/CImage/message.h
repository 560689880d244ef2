#ifndef CORDON_CIMAGE_MESSAGE_H
#define CORDON_CIMAGE_MESSAGE_H

/* Keeps `text` as this thread's last failure and returns `status`. */
int cordon_image_fail(int status, const char *text);

#endif
