// SPDX-License-Identifier: GPL-2.0-only
/*
 * Short names for json-c. Readers treat a missing object or key as null: 0, false, "" or NULL.
 */
#include <string.h>

#include "lib/jutil.h"

/* Sets a key. @value, NULL for null, is owned by @obj from now on. */
void jadd(struct json_object *obj, const char *key, struct json_object *value)
{
	json_object_object_add(obj, key, value);
}

void jadd_u64(struct json_object *obj, const char *key, uint64_t value)
{
	jadd(obj, key, json_object_new_uint64(value));
}

void jadd_int(struct json_object *obj, const char *key, int64_t value)
{
	jadd(obj, key, json_object_new_int64(value));
}

void jadd_bool(struct json_object *obj, const char *key, bool value)
{
	jadd(obj, key, json_object_new_boolean(value));
}

/* Sets a key to a string, or to null if @value is NULL. */
void jadd_str(struct json_object *obj, const char *key, const char *value)
{
	jadd(obj, key, value ? json_object_new_string(value) : NULL);
}

/* Sets a key to a number with @digits decimals. */
void jadd_dec(struct json_object *obj, const char *key, double value, int digits)
{
	char text[64];

	snprintf(text, sizeof(text), "%.*f", digits, value);
	jadd(obj, key, json_object_new_double_s(value, text));
}

struct json_object *jadd_obj(struct json_object *obj, const char *key)
{
	struct json_object *child = json_object_new_object();

	jadd(obj, key, child);
	return child;
}

struct json_object *jadd_arr(struct json_object *obj, const char *key)
{
	struct json_object *child = json_object_new_array();

	jadd(obj, key, child);
	return child;
}

struct json_object *jpush_obj(struct json_object *arr)
{
	struct json_object *child = json_object_new_object();

	json_object_array_add(arr, child);
	return child;
}

/* Returns the value of a key, still owned by @obj, or NULL. */
struct json_object *jget(struct json_object *obj, const char *key)
{
	struct json_object *value = NULL;

	if (json_object_is_type(obj, json_type_object))
		json_object_object_get_ex(obj, key, &value);
	return value;
}

uint64_t ju64(struct json_object *obj, const char *key)
{
	return json_object_get_uint64(jget(obj, key));
}

int64_t jint(struct json_object *obj, const char *key)
{
	return json_object_get_int64(jget(obj, key));
}

double jdec(struct json_object *obj, const char *key)
{
	return json_object_get_double(jget(obj, key));
}

bool jbool(struct json_object *obj, const char *key)
{
	return json_object_get_boolean(jget(obj, key));
}

/* Returns "" if there is no string. */
const char *jstr(struct json_object *obj, const char *key)
{
	struct json_object *value = jget(obj, key);

	return value ? json_object_get_string(value) : "";
}

/* Returns 0 if @arr is no array. */
size_t jlen(struct json_object *arr)
{
	return json_object_is_type(arr, json_type_array) ? json_object_array_length(arr) : 0;
}

/* Returns an element, still owned by @arr, or NULL. */
struct json_object *jat(struct json_object *arr, size_t i)
{
	return i < jlen(arr) ? json_object_array_get_idx(arr, i) : NULL;
}

/* Returns the element whose @key is the string @value, or NULL. */
struct json_object *jfind(struct json_object *arr, const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < jlen(arr); i++)
		if (!strcmp(jstr(jat(arr, i), key), value))
			return jat(arr, i);
	return NULL;
}

void jprint(FILE *out, struct json_object *obj)
{
	fprintf(out, "%s\n", json_object_to_json_string_ext(obj, JSON_C_TO_STRING_PRETTY |
							    JSON_C_TO_STRING_SPACED |
							    JSON_C_TO_STRING_NOSLASHESCAPE));
}
