/** Which of the shop's services this process runs, and their database schemas. */
@NullMarked
package io.skald.shop.hosting;

import org.jspecify.annotations.NullMarked;
