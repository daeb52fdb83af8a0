package io.skald.orchestrator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.skald.orchestrator.lane.UnavailableException;
import io.skald.saga.message.SagaId;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns whatever stops a request into problem details. What is the caller's to know is said; what
 * is not stands in the log.
 */
@Singleton
class Problems {

  static final String MEDIA_TYPE = "application/problem+json";

  static final String API = "/api/";

  private static final Logger LOG = Logger.getLogger(Problems.class);

  private static final Duration STORE_RETRY_AFTER = Duration.ofSeconds(2);

  /**
   * A mapper of our own: what an application sets for its own JSON must not bend the standard's.
   */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(new Jdk8Module()).build();

  /** For requests that reached no method: unknown paths, wrong methods and media types. */
  @ServerExceptionMapper
  Response unmatched(WebApplicationException refusal, RoutingContext request) {
    return path(request).startsWith(API) ? refused(refusal, request) : refusal.getResponse();
  }

  Response of(RuntimeException failure, RoutingContext request) {
    return switch (failure) {
      case ApiProblem problem -> response(problem, request);
      case WebApplicationException refusal -> refused(refusal, request);
      case PersistenceException store -> storeAway(store, request);
      // Checked, so wrapped: the connection was cut after the query, while its transaction ended.
      case RuntimeException cut when cut.getCause() instanceof RollbackException ->
          storeAway(cut, request);
      default -> defect(failure, request);
    };
  }

  Response of(UnavailableException unavailable, RoutingContext request) {
    return response(
        ApiProblem.unavailable(
            Optional.ofNullable(unavailable.getMessage())
                .orElse("The request could not be carried out now"),
            unavailable.retryAfter()),
        request);
  }

  static String json(ProblemKind kind, String detail, Optional<String> instance) {
    return json(new ProblemView(kind.type(), kind.title(), kind.status(), detail, instance));
  }

  private static String json(ApiProblem problem, RoutingContext request) {
    ProblemKind kind = problem.kind();
    return json(
        new ProblemView(
            kind.type(),
            kind.title(),
            kind.status(),
            problem.detail(),
            instance(request),
            problem.saga().map(SagaId::value)));
  }

  /** The path as a URI, for {@code instance}; empty when it can't be one. */
  static Optional<String> instance(RoutingContext request) {
    try {
      return Optional.ofNullable(new URI(path(request)).getRawPath()).filter(p -> !p.isEmpty());
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  private static Response response(ApiProblem problem, RoutingContext request) {
    Response.ResponseBuilder response =
        Response.status(problem.kind().status()).type(MEDIA_TYPE).entity(json(problem, request));
    problem
        .retryAfter()
        .ifPresent(after -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, seconds(after))));
    return response.build();
  }

  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }

  private static Response refused(WebApplicationException refusal, RoutingContext request) {
    Response said = refusal.getResponse();
    Response.ResponseBuilder response =
        Response.status(said.getStatus())
            .type(MEDIA_TYPE)
            .entity(refusalText(said.getStatus(), request));
    for (String name : List.of(HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE)) {
      Optional.ofNullable(said.getHeaderString(name))
          .ifPresent(value -> response.header(name, value));
    }
    return response.build();
  }

  private static String refusalText(int status, RoutingContext request) {
    Optional<String> instance = instance(request);
    return switch (status) {
      case 400 -> json(ProblemKind.INVALID_REQUEST, "The request can't be read", instance);
      case 404 ->
          json(
              ProblemKind.NOT_FOUND,
              "Expected one of the addresses that /q/openapi lists, but found another",
              instance);
      case 405 ->
          json(
              ProblemKind.METHOD_NOT_ALLOWED,
              "Expected a method that /q/openapi lists for this address, but found "
                  + request.request().method().name(),
              instance);
      case 406 ->
          json(
              ProblemKind.NOT_ACCEPTABLE,
              "Expected header Accept to allow application/json, but it does not",
              instance);
      case 413 -> json(ProblemKind.TOO_LARGE, BodyLimit.DETAIL, instance);
      case 415 ->
          json(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "Expected header Content-Type to be application/json, but it is not",
              instance);
      default -> {
        String title =
            Optional.ofNullable(Response.Status.fromStatusCode(status))
                .map(Response.Status::getReasonPhrase)
                .orElse("The request was refused");
        yield json(new ProblemView("about:blank", title, status, title, instance));
      }
    };
  }

  private static Response storeAway(RuntimeException failure, RoutingContext request) {
    LOG.warnf(failure, "Expected to read for %s, but PostgreSQL did not answer", path(request));
    return response(
        ApiProblem.unavailable(
            "Expected the database to answer in time, but it did not; ask again, or ask for less:"
                + " a list by definition, key or time",
            STORE_RETRY_AFTER),
        request);
  }

  private static Response defect(RuntimeException failure, RoutingContext request) {
    LOG.errorf(failure, "Expected to answer %s, but it failed", path(request));
    return response(
        new ApiProblem(ProblemKind.DEFECT, "This is not your fault; the log says more"), request);
  }

  private static String path(RoutingContext request) {
    return Objects.requireNonNullElse(request.request().path(), "");
  }

  private static String json(ProblemView problem) {
    try {
      return MAPPER.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected to write a problem as JSON", e);
    }
  }
}
