/// The form, and why the last attempt failed.
struct LoginPage {
    let failure: String?
}
