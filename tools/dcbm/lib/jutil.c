// SPDX-License-Identifier: GPL-2.0-only
/*
 * Short names for json-c, see jutil.h. All readers take a missing object or key
 * for null: 0, false, "" or NULL.
 */
#include <string.h>

#include "lib/jutil.h"

/**
 * jadd() - set a key
 * @obj: object
 * @key: key, copied
 * @value: new value, owned by @obj from now on; NULL for null
 */
void jadd(struct json_object *obj, const char *key, struct json_object *value)
{
	json_object_object_add(obj, key, value);
}

/** jadd_u64() - set a key to a number */
void jadd_u64(struct json_object *obj, const char *key, uint64_t value)
{
	jadd(obj, key, json_object_new_uint64(value));
}

/** jadd_int() - set a key to a signed number */
void jadd_int(struct json_object *obj, const char *key, int64_t value)
{
	jadd(obj, key, json_object_new_int64(value));
}

/** jadd_bool() - set a key to true or false */
void jadd_bool(struct json_object *obj, const char *key, bool value)
{
	jadd(obj, key, json_object_new_boolean(value));
}

/** jadd_str() - set a key to a string, to null if @value is NULL */
void jadd_str(struct json_object *obj, const char *key, const char *value)
{
	jadd(obj, key, value ? json_object_new_string(value) : NULL);
}

/** jadd_dec() - set a key to a number printed with @digits behind the point */
void jadd_dec(struct json_object *obj, const char *key, double value, int digits)
{
	char text[64];

	snprintf(text, sizeof(text), "%.*f", digits, value);
	jadd(obj, key, json_object_new_double_s(value, text));
}

/** jadd_obj() - set a key to a new empty object. Return: It. */
struct json_object *jadd_obj(struct json_object *obj, const char *key)
{
	struct json_object *child = json_object_new_object();

	jadd(obj, key, child);
	return child;
}

/** jadd_arr() - set a key to a new empty array. Return: It. */
struct json_object *jadd_arr(struct json_object *obj, const char *key)
{
	struct json_object *child = json_object_new_array();

	jadd(obj, key, child);
	return child;
}

/** jpush_obj() - append a new empty object. Return: It. */
struct json_object *jpush_obj(struct json_object *arr)
{
	struct json_object *child = json_object_new_object();

	json_object_array_add(arr, child);
	return child;
}

/** jget() - value of a key. Return: It, still owned by @obj, or NULL. */
struct json_object *jget(struct json_object *obj, const char *key)
{
	struct json_object *value = NULL;

	if (json_object_is_type(obj, json_type_object))
		json_object_object_get_ex(obj, key, &value);
	return value;
}

/** ju64() - number of a key */
uint64_t ju64(struct json_object *obj, const char *key)
{
	return json_object_get_uint64(jget(obj, key));
}

/** jint() - signed number of a key */
int64_t jint(struct json_object *obj, const char *key)
{
	return json_object_get_int64(jget(obj, key));
}

/** jdec() - number of a key with its fraction */
double jdec(struct json_object *obj, const char *key)
{
	return json_object_get_double(jget(obj, key));
}

/** jbool() - truth of a key */
bool jbool(struct json_object *obj, const char *key)
{
	return json_object_get_boolean(jget(obj, key));
}

/** jstr() - string of a key, "" if it has none */
const char *jstr(struct json_object *obj, const char *key)
{
	struct json_object *value = jget(obj, key);

	return value ? json_object_get_string(value) : "";
}

/** jlen() - number of elements, 0 if it is no array */
size_t jlen(struct json_object *arr)
{
	return json_object_is_type(arr, json_type_array) ? json_object_array_length(arr) : 0;
}

/** jat() - element of an array. Return: It, owned by @arr, or NULL. */
struct json_object *jat(struct json_object *arr, size_t i)
{
	return i < jlen(arr) ? json_object_array_get_idx(arr, i) : NULL;
}

/** jfind() - the element whose @key is the string @value. Return: It, or NULL. */
struct json_object *jfind(struct json_object *arr, const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < jlen(arr); i++)
		if (!strcmp(jstr(jat(arr, i), key), value))
			return jat(arr, i);
	return NULL;
}

/** jprint() - print an object with a newline behind it */
void jprint(FILE *out, struct json_object *obj)
{
	fprintf(out, "%s\n", json_object_to_json_string_ext(obj, JSON_C_TO_STRING_PRETTY |
							    JSON_C_TO_STRING_SPACED |
							    JSON_C_TO_STRING_NOSLASHESCAPE));
}
