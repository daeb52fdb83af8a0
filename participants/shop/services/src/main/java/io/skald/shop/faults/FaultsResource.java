package io.skald.shop.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.skald.shop.hosting.Service;
import io.skald.shop.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Switches faults while the shop runs. Only there when {@code shop.faults.api-enabled}. */
@Singleton
@Path("/api/faults")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RunOnVirtualThread
public class FaultsResource {

  private final Faults faults;
  private final boolean enabled;
  private final ObjectReader reader;

  FaultsResource(Faults faults, FaultsConfig config, ObjectMapper json) {
    this.faults = faults;
    this.enabled = config.apiEnabled();
    this.reader =
        json.readerFor(FaultSettings.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  @GET
  @Operation(summary = "The faults of all participants that this process hosts")
  public Map<String, FaultSettings> show() {
    checkEnabled();
    Map<String, FaultSettings> byName = new TreeMap<>();
    faults.current().forEach((service, settings) -> byName.put(service.wireName(), settings));
    return byName;
  }

  @PUT
  @Path("{participant}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Sets the faults of one participant; what is not named is off",
      description = "{\"failureRate\":0.2,\"failFirst\":3,\"delay\":\"PT1S\",\"silent\":false}")
  public Map<String, FaultSettings> set(@PathParam("participant") String name, String body) {
    checkEnabled();
    FaultSettings settings = read(body);
    boolean known =
        Arrays.stream(Service.values())
            .filter(service -> service.wireName().equals(name.toLowerCase(Locale.ROOT)))
            .anyMatch(service -> faults.set(service, settings));
    if (!known) {
      throw Problem.of(Response.Status.NOT_FOUND, "No participant of this name is hosted here")
          .exception();
    }
    return show();
  }

  @DELETE
  @Operation(summary = "Back to the faults of the configuration, usually none")
  public Map<String, FaultSettings> reset() {
    checkEnabled();
    faults.reset();
    return show();
  }

  private FaultSettings read(String body) {
    try {
      FaultSettings settings = reader.readValue(body);
      if (settings != null) {
        return settings;
      }
    } catch (JsonProcessingException unreadable) {
      // Answered below.
    }
    throw Problem.badRequest(
            "Expected {\"failureRate\": 0 to 1, \"failFirst\": 0 or above, \"delay\": such as"
                + " \"PT1S\", at most "
                + FaultSettings.LONGEST_DELAY
                + ", \"silent\": true or false}, with any of them left out",
            List.of())
        .exception();
  }

  private void checkEnabled() {
    if (!enabled) {
      throw Problem.of(Response.Status.NOT_FOUND, "Faults can't be switched here").exception();
    }
  }
}
