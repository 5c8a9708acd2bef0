/* What a program needs that is linked statically with glibc. build.rs links it into such a one. */
#define _GNU_SOURCE
#include <nss.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* glibc looks names up by the modules that /etc/nsswitch.conf lists, and loads those that it has not linked (resolve,
 * myhostname, mymachines, mdns, systemd) from the system that the program runs on. In a static program such a module
 * brings a second glibc, and when that is of another version, the process ends with SIGFPE: a program that was built on
 * Debian 12 did at its first look-up on Debian 13. So it uses what is linked, whatever that file says. This runs before
 * main. */
__attribute__((constructor)) static void use_what_is_linked(void)
{
    static const char *const sources[][2] = {
        {"hosts", "files dns"},
        {"services", "files"},
        {"passwd", "files"},
        {"group", "files"},
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (__nss_configure_lookup(sources[i][0], sources[i][1]) != 0)
            abort();
}

/* Rust's getrandom looks for the function of the same name here, and glibc's dlsym finds nothing in a static program.
 * Random bytes then come from /dev/urandom, which an empty root does not have. Whatever else is looked for so is not
 * there, as before. */
void *dlsym(void *where, const char *name)
{
    (void)where;
    return strcmp(name, "getrandom") == 0 ? (void *)getrandom : NULL;
}
