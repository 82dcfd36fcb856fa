/* SPDX-License-Identifier: GPL-2.0-only */
/* Short names for json-c */
#ifndef DCBM_JUTIL_H
#define DCBM_JUTIL_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_object *jnew_text(const char *text, size_t len);
void jadd(struct json_object *obj, const char *key, struct json_object *value);
void jadd_u64(struct json_object *obj, const char *key, uint64_t value);
void jadd_int(struct json_object *obj, const char *key, int64_t value);
void jadd_bool(struct json_object *obj, const char *key, bool value);
void jadd_str(struct json_object *obj, const char *key, const char *value);
void jadd_dec(struct json_object *obj, const char *key, double value, int digits);
struct json_object *jadd_obj(struct json_object *obj, const char *key);
struct json_object *jadd_arr(struct json_object *obj, const char *key);
struct json_object *jpush_obj(struct json_object *arr);

struct json_object *jget(struct json_object *obj, const char *key);
uint64_t ju64(struct json_object *obj, const char *key);
int64_t jint(struct json_object *obj, const char *key);
double jdec(struct json_object *obj, const char *key);
bool jbool(struct json_object *obj, const char *key);
const char *jstr(struct json_object *obj, const char *key);
size_t jlen(struct json_object *arr);
struct json_object *jat(struct json_object *arr, size_t i);
struct json_object *jfind(struct json_object *arr, const char *key, const char *value);

void jprint(FILE *out, struct json_object *obj);

#endif /* DCBM_JUTIL_H */
