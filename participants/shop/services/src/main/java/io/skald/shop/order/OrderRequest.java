package io.skald.shop.order;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/orders} as it came: anything may be missing or wrong. */
record OrderRequest(
    @Nullable String userId,
    @Nullable List<@Nullable Item> items,
    @Nullable BigDecimal totalAmount,
    @Nullable String country) {

  record Item(@Nullable String productId, @Nullable Integer quantity) {}
}
