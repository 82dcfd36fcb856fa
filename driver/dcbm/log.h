/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prefix of the log lines. Must be the first include, as <linux/printk.h> uses pr_fmt().
 */
#ifndef _DCBM_LOG_H
#define _DCBM_LOG_H

#define pr_fmt(fmt) "dcbm_sg: " fmt

#endif /* _DCBM_LOG_H */
