// SPDX-License-Identifier: GPL-2.0-only
/*
 * Short names for json-c. Readers treat a missing object or key as null: 0, false, "" or NULL.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/util.h"

/* Returns the length of the UTF-8 character at @text (RFC 3629, section 4), 0 if invalid. */
static size_t utf8_len(const unsigned char *text, size_t left)
{
	static const struct {
		unsigned char first_min, first_max;	/* first byte */
		unsigned char next_min, next_max;	/* second byte; all others are 80..bf */
		unsigned char len;
	} forms[] = {
		{ 0x00, 0x7f, 0x80, 0xbf, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t i, n;

	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (text[0] >= forms[i].first_min && text[0] <= forms[i].first_max)
			break;
	if (i == ARRAY_SIZE(forms) || forms[i].len > left)
		return 0;
	if (forms[i].len > 1 && (text[1] < forms[i].next_min || text[1] > forms[i].next_max))
		return 0;
	for (n = 2; n < forms[i].len; n++)
		if (text[n] < 0x80 || text[n] > 0xbf)
			return 0;
	return forms[i].len;
}

/*
 * Makes a string of any bytes. json-c writes bytes as they are, and a reader of JSON rejects
 * what is not UTF-8, as a file name or a corrupt recording may contain. Such bytes become '?'.
 */
struct json_object *jnew_text(const char *text, size_t len)
{
	struct json_object *obj;
	size_t i, n;
	char *copy;

	copy = malloc(len + 1);
	if (!copy)
		return NULL;
	memcpy(copy, text, len);
	for (i = 0; i < len; i += n) {
		n = utf8_len((unsigned char *)copy + i, len - i);
		if (!n) {
			copy[i] = '?';
			n = 1;
		}
	}
	obj = json_object_new_string_len(copy, (int)len);
	free(copy);
	return obj;
}

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
	jadd(obj, key, value ? jnew_text(value, strlen(value)) : NULL);
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
