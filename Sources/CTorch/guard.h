#ifndef CORDON_CTORCH_GUARD_H
#define CORDON_CTORCH_GUARD_H

#include <torch/torch.h>

#include <exception>
#include <string>

namespace cordon {

void keep_message(const char *text);

/* Runs `body` on one thread and turns every exception into a status. OpenMP keeps the thread count per calling thread,
   hence the call each time. */
template <class Body>
int guarded(Body &&body) {
    try {
        at::set_num_threads(1);
        body();
        return 0;
    } catch (const c10::Error &error) {
        keep_message(error.what_without_backtrace());
    } catch (const std::exception &error) {
        keep_message(error.what());
    } catch (...) {
        keep_message("unknown failure inside libtorch");
    }
    return 1;
}

}  // namespace cordon

#endif
