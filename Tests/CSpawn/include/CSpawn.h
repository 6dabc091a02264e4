// GNU's additions to spawn.h, which Swift's view of the C library leaves out.
#ifndef CSPAWN_H
#define CSPAWN_H

#include <spawn.h>

/// The attribute that makes the program the leader of a session of its own.
extern const short cspawn_setsid;

/// Adds that the program starts in a folder; 0 or an error number.
int cspawn_add_chdir(posix_spawn_file_actions_t *actions, const char *folder);

/// Adds that all descriptors from `first` on are closed; 0 or an error number.
int cspawn_add_closefrom(posix_spawn_file_actions_t *actions, int first);

#endif
