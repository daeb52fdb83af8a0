/** How the shop says over HTTP that something is wrong: RFC 9457 problem details. */
@NullMarked
package io.skald.shop.web;

import org.jspecify.annotations.NullMarked;
