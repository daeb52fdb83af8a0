/** A saga as somebody else would write it. */
@NullMarked
package com.example.trips;

import org.jspecify.annotations.NullMarked;
