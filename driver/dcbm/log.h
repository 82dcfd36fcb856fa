/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prefix of the log lines of the module. Included before any other header, as
 * <linux/printk.h> defines pr_fmt() otherwise.
 */
#ifndef _DCBM_LOG_H
#define _DCBM_LOG_H

#define pr_fmt(fmt) "dcbm_sg: " fmt

#endif /* _DCBM_LOG_H */
