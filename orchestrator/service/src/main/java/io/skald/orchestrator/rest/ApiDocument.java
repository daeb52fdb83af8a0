package io.skald.orchestrator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the OpenAPI document what the operations have in common: how each problem looks, which of
 * them an operation may answer with by its address and method, and what a saga's id is.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {

  static final String INVALID = "SkaldInvalidRequest";
  private static final String NOT_FOUND = "SkaldNotFound";
  static final String NOT_ACCEPTABLE = "SkaldNotAcceptable";
  static final String NOT_POSSIBLE_NOW = "SkaldNotPossibleNow";
  private static final String TOO_LARGE = "SkaldTooLarge";
  private static final String UNSUPPORTED_MEDIA_TYPE = "SkaldUnsupportedMediaType";
  static final String CONFLICTING_START = "SkaldConflictingStart";
  static final String UNKNOWN_PART = "SkaldUnknownPart";
  private static final String UNAVAILABLE = "SkaldUnavailable";

  private static final String ID = "5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11";
  private static final String SAGA = Addresses.SAGAS + "/" + ID;

  private static final String ID_IN_PATH = "{id}";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    Components components = document.getComponents();
    components.addResponse(
        INVALID,
        response(
            "Something in the request is not what it must be.",
            ProblemKind.INVALID_REQUEST,
            "Expected the id of a saga, which is a UUID, but found '17'",
            "/api/v1/sagas/17"));
    components.addResponse(
        NOT_FOUND,
        response(
            "There is no such saga or definition.",
            ProblemKind.UNKNOWN_SAGA,
            "Expected a saga '5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11', but there is none",
            SAGA));
    components.addResponse(
        NOT_ACCEPTABLE,
        response(
            "There is no representation that the caller accepts.",
            ProblemKind.NOT_ACCEPTABLE,
            "Expected header Accept to allow application/json, but it does not",
            SAGA));
    components.addResponse(
        NOT_POSSIBLE_NOW,
        response(
            "The saga's state does not allow it; says what can be done instead.",
            ProblemKind.NOT_POSSIBLE_NOW,
            "Expected to cancel saga '5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11', but it is COMPLETED;"
                + " a saga that has ended does not change any more",
            SAGA + "/cancel"));
    components.addResponse(
        TOO_LARGE,
        response(
            "The body is too large.",
            ProblemKind.TOO_LARGE,
            "Expected at most 262144 bytes of data, but found 300000",
            "/api/v1/sagas/order"));
    components.addResponse(
        UNSUPPORTED_MEDIA_TYPE,
        response(
            "The body is not JSON.",
            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
            "Expected header Content-Type to be application/json, but it is not",
            "/api/v1/sagas/order"));
    components.addResponse(
        CONFLICTING_START,
        response(
            "The key belongs to a saga that was started with other data.",
            ProblemKind.CONFLICTING_START,
            "Expected a repeat of the start with key 'ORD-1001', but the data differ from those of"
                + " saga '5d0c3a52-8c1e-5a53-9a43-0f6a1a0c7a11'; use another key for another saga",
            "/api/v1/sagas/order"));
    components.addResponse(
        UNKNOWN_PART,
        response(
            "The saga's definition has no such step, or awaits no such signal.",
            ProblemKind.UNKNOWN_PART,
            "Expected the name of a signal of order v1, but found 'aproval'",
            SAGA + "/signals/aproval"));
    components.addResponse(UNAVAILABLE, unavailable());
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations().forEach((method, each) -> complete(path, method, each)));
  }

  /** What follows from where an operation is, and how it is called. */
  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    boolean sagas = path.startsWith(Addresses.SAGAS);
    if (!sagas && !path.startsWith(Addresses.DEFINITIONS)) {
      return;
    }
    APIResponses responses = operation.getResponses();
    boolean post = method == PathItem.HttpMethod.POST;
    if (post || path.contains(ID_IN_PATH)) {
      add(responses, "400", INVALID);
    }
    if (path.contains("{")) {
      add(responses, "404", NOT_FOUND);
    }
    if (post) {
      add(responses, "413", TOO_LARGE);
      add(responses, "415", UNSUPPORTED_MEDIA_TYPE);
    }
    if (sagas) {
      add(responses, "503", UNAVAILABLE);
    }
    if (path.contains(ID_IN_PATH)) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getName().equals("id"))
          .forEach(id -> id.description("The saga's id, a UUID.").example(ID));
    }
  }

  private static void add(APIResponses responses, String status, String shared) {
    responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(shared));
  }

  private static APIResponse unavailable() {
    APIResponse response =
        response(
            "It can't be done now; `Retry-After` says when to ask again.",
            ProblemKind.UNAVAILABLE,
            "Too many requests wait for an answer",
            "/api/v1/sagas/order");
    return response.addHeader(
        "Retry-After",
        OASFactory.createHeader()
            .description("Seconds.")
            .schema(
                OASFactory.createSchema()
                    .addType(
                        org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.INTEGER)));
  }

  private static APIResponse response(
      String description, ProblemKind kind, String detail, String instance) {
    return OASFactory.createAPIResponse()
        .description(description)
        .content(
            OASFactory.createContent()
                .addMediaType(
                    Problems.MEDIA_TYPE,
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))
                        .addExample(
                            "problem",
                            OASFactory.createExample()
                                .value(
                                    example(Problems.json(kind, detail, Optional.of(instance)))))));
  }

  private static Map<String, Object> example(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected an example to be JSON, but found: " + json, e);
    }
  }
}
