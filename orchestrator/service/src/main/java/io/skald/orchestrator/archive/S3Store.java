package io.skald.orchestrator.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An archive in a bucket of Amazon S3, or of what speaks its protocol. */
final class S3Store implements ArchiveStore, AutoCloseable {

  private final S3Client client;
  private final Bucket bucket;

  S3Store(Bucket bucket) {
    this.bucket = bucket;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of(bucket.region()))
            .forcePathStyle(bucket.endpoint().isPresent())
            // A connection that is used again may have been closed meanwhile, and the JDK's client
            // does not repeat a PUT; the few requests of an archive can do with new ones.
            .overrideConfiguration(client -> client.putHeader("Connection", "close"));
    bucket.endpoint().ifPresent(builder::endpointOverride);
    bucket
        .keys()
        .map(keys -> AwsBasicCredentials.create(keys.access(), keys.secret()))
        .map(StaticCredentialsProvider::create)
        .ifPresent(builder::credentialsProvider);
    this.client = builder.build();
  }

  @Override
  public void write(String name, Path content) throws IOException {
    try {
      client.putObject(
          put -> put.bucket(bucket.name()).key(bucket.folder() + name),
          RequestBody.fromFile(content));
    } catch (SdkException | UncheckedIOException e) {
      throw failed("keep " + name, e);
    }
  }

  @Override
  public Optional<InputStream> read(String name) throws IOException {
    try {
      return Optional.of(
          client.getObject(get -> get.bucket(bucket.name()).key(bucket.folder() + name)));
    } catch (NoSuchKeyException notThere) {
      return Optional.empty();
    } catch (SdkException | UncheckedIOException e) {
      throw failed("give " + name, e);
    }
  }

  @Override
  public List<String> names(String prefix) throws IOException {
    try {
      return client
          .listObjectsV2Paginator(
              list -> list.bucket(bucket.name()).prefix(bucket.folder() + prefix))
          .contents()
          .stream()
          .map(S3Object::key)
          .map(key -> key.substring(bucket.folder().length()))
          .sorted()
          .toList();
    } catch (SdkException | UncheckedIOException e) {
      throw failed("list its names", e);
    }
  }

  private IOException failed(String what, RuntimeException cause) {
    return new IOException(
        "Expected " + bucket + " to " + what + ", but: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return bucket.toString();
  }
}
