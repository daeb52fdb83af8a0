package io.skald.orchestrator.archive;

import io.skald.orchestrator.config.SkaldConfig;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A server that speaks S3, checks each signature, and keeps everything in memory. */
final class S3Server implements AutoCloseable {

  static final Bucket.Keys KEYS = new Bucket.Keys("access", "secret");

  private final BlobStore blobs;
  private final S3Proxy proxy;

  private S3Server(BlobStore blobs, S3Proxy proxy) {
    this.blobs = blobs;
    this.proxy = proxy;
  }

  static S3Server start() throws Exception {
    BlobStore blobs = new TransientNio2BlobStore();
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEYS.access(), KEYS.secret())
            .build();
    proxy.start();
    return new S3Server(blobs, proxy);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** Makes a bucket that is empty. */
  void makeBucket(String name) {
    blobs.deleteContainer(name);
    blobs.createContainer(name);
  }

  /** Puts an object into a bucket, not by way of the network. */
  void put(String bucket, String key, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    blobs.putBlob(
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentLength((long) bytes.length)
            .build(),
        new ByteArrayInputStream(bytes));
  }

  Bucket bucket(String name, String folder, Bucket.Keys keys) {
    return new Bucket(
        name, folder, Optional.of(address()), SkaldConfig.S3.DEFAULT_REGION, Optional.of(keys));
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    blobs.close();
  }
}
