package io.skald.participant;

import io.skald.saga.message.MessageType;

/** A reply as it stands in a fence row: the very text that was, or will be, published. */
public record RecordedReply(MessageType type, String payload) {}
