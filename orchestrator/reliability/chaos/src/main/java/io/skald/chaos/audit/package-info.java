/** What is looked at while and after it all happens: books, totals, and the checker's verdict. */
@NullMarked
package io.skald.chaos.audit;

import org.jspecify.annotations.NullMarked;
