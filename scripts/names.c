/* Linked into the static program of scripts/release, and runs before its main.
 *
 * glibc looks names up by the modules that /etc/nsswitch.conf lists, and loads those that it has not linked (resolve,
 * myhostname, mymachines, mdns, systemd) from the system that the program runs on. In a static program such a module
 * brings a second glibc, and when that is of another version, the process ends with SIGFPE: a program that was built on
 * Debian 12 did at its first look-up on Debian 13. So it uses what is linked, whatever that file says. */
#include <nss.h>
#include <stdlib.h>

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
