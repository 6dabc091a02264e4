// Calls of Linux that Swift's module of the C library leaves out. On macOS there is nothing to add.
#ifndef CLINUX_H
#define CLINUX_H

#ifdef __linux__

#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

/// Sets room aside for a file; fallocate(2).
extern int fallocate(int descriptor, int mode, off_t offset, off_t length);

/// fallocate(2): the file's size stays.
static const int clinux_keep_size = 1;

/// open(2): a folder to be passed through; the name is hidden without _GNU_SOURCE.
#ifdef O_PATH
static const int clinux_path = O_PATH;
#else
static const int clinux_path = __O_PATH;
#endif

/// statx(2), laid out as the kernel does.
struct clinux_status {
    uint32_t mask, block_size;
    uint64_t attributes;
    uint32_t links, owner, group;
    uint16_t mode, unused;
    uint64_t inode, size, blocks, attributes_mask;
    uint64_t rest[24];
};

/// statx(2): whether something is mounted on a name in a folder; 0 when the kernel does not say.
static inline int clinux_is_mount_point(int folder, const char *name) {
#ifdef SYS_statx
    struct clinux_status status = {0};
    const int no_follow = 0x100;
    const uint64_t mount_root = 0x2000;
    if (syscall(SYS_statx, folder, name, no_follow, 0, &status) != 0) return 0;
    return (status.attributes & status.attributes_mask & mount_root) != 0;
#else
    return 0;
#endif
}

#endif

#endif
