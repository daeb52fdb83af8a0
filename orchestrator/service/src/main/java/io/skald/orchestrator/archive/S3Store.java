package io.skald.orchestrator.archive;

import io.skald.orchestrator.config.SkaldConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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
  private final String bucket;
  private final String folder;

  /** Without keys in the configuration the SDK looks where it always does: environment, profile. */
  S3Store(SkaldConfig.S3 config, String bucket) {
    this.bucket = bucket;
    this.folder = config.prefix().map(prefix -> prefix + "/").orElse("");
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of(config.region()))
            .forcePathStyle(config.endpoint().isPresent());
    config.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    if (config.accessKey().isPresent() && config.secretKey().isPresent()) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().get())));
    }
    this.client = builder.build();
  }

  @Override
  public void write(String name, Path content) throws IOException {
    try {
      client.putObject(put -> put.bucket(bucket).key(folder + name), RequestBody.fromFile(content));
    } catch (SdkException e) {
      throw failed("keep " + name, e);
    }
  }

  @Override
  public Optional<InputStream> read(String name) throws IOException {
    try {
      return Optional.of(client.getObject(get -> get.bucket(bucket).key(folder + name)));
    } catch (NoSuchKeyException notThere) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("give " + name, e);
    }
  }

  @Override
  public List<String> names(String prefix) throws IOException {
    try {
      return client
          .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder + prefix))
          .contents()
          .stream()
          .map(S3Object::key)
          .map(key -> key.substring(folder.length()))
          .sorted()
          .toList();
    } catch (SdkException e) {
      throw failed("list " + prefix, e);
    }
  }

  private IOException failed(String what, SdkException cause) {
    return new IOException("Expected bucket '" + bucket + "' to " + what, cause);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + folder;
  }
}
