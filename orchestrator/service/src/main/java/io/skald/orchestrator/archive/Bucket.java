package io.skald.orchestrator.archive;

import io.skald.orchestrator.config.SkaldConfig;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an archive in S3 is, and how to get at it.
 *
 * @param folder within the bucket: empty, or a name that ends with a slash
 * @param endpoint of a store that is not Amazon's
 * @param keys without them the AWS SDK looks where it always does: environment, profile, machine
 */
record Bucket(
    String name, String folder, Optional<URI> endpoint, String region, Optional<Keys> keys) {

  private static final String SCHEME = "s3://";

  record Keys(String access, String secret) {

    @Override
    public String toString() {
      return "the keys of " + access;
    }
  }

  static Optional<Bucket> of(SkaldConfig.S3 config) {
    return config
        .bucket()
        .map(
            name ->
                new Bucket(
                    name,
                    folder(config.prefix().orElse("")),
                    config.endpoint().map(URI::create),
                    config.region(),
                    config
                        .accessKey()
                        .flatMap(key -> config.secretKey().map(secret -> new Keys(key, secret)))));
  }

  static boolean isAddress(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * A bucket by its address, such as {@code s3://sagas/skald}; its keys are the SDK's to find.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Bucket at(String address, Optional<URI> endpoint, String region) {
    URI parsed = URI.create(address);
    if (!isAddress(address) || parsed.getAuthority() == null) {
      throw new IllegalArgumentException(
          "Expected a bucket as s3://BUCKET/PREFIX, but found '" + address + "'");
    }
    return new Bucket(
        parsed.getAuthority(),
        folder(Objects.requireNonNullElse(parsed.getPath(), "")),
        endpoint,
        region,
        Optional.empty());
  }

  private static String folder(String path) {
    String bare = path.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : bare + "/";
  }

  @Override
  public String toString() {
    return SCHEME + name + "/" + folder;
  }
}
