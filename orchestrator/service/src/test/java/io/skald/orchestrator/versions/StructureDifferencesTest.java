package io.skald.orchestrator.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.orchestrator.lane.Trips;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class StructureDifferencesTest {

  @Test
  void shouldSayNothing_whenNothingOrOnlyPoliciesDiffer() {
    String before = Trips.trip().toJson();
    assertThat(StructureDifferences.between(before, before)).isEmpty();
    assertThat(
            StructureDifferences.between(
                before, before.replace("\"PT10S\"", "\"PT20S\"").replace("\"PT50M\"", "\"PT1M\"")))
        .isEmpty();
  }

  @Test
  void shouldNameTheStep_whenSomethingOfItHasChanged() {
    assertThat(
            sentences(
                "[{'name':'payment','participant':'billing','command':{'name':'Pay','version':1}}]",
                "[{'name':'payment','participant':'payment','command':{'name':'Pay','version':2}}]"))
        .containsExactly(
            "step 'payment': participant was billing and is payment",
            "step 'payment': command was Pay v1 and is Pay v2");
  }

  @Test
  void shouldTellANewStepAndOneThatIsGone_andNotBlameThoseBehindThem() {
    assertThat(
            sentences(
                steps("gift", "payment", "inventory", "shipping"),
                steps("payment", "inventory", "screen", "shipping")))
        .containsExactly(
            "step 'gift' is gone",
            "step 'screen' (3rd) is new, between 'inventory' and 'shipping'");
  }

  @Test
  void shouldSayWhere_whenANewStepIsFirstOrLastOrAlone() {
    assertThat(sentences(steps("b"), steps("a", "b", "c")))
        .containsExactly("step 'a' (1st) is new, before 'b'", "step 'c' (3rd) is new, behind 'b'");
    assertThat(sentences(steps("a"), steps("b")))
        .containsExactly("step 'a' is gone", "step 'b' (1st) is new, alone");
  }

  @Test
  void shouldTellOfTwoThatHaveChangedPlaces() {
    assertThat(sentences(steps("a", "b", "c"), steps("a", "c", "b")))
        .containsExactly("step 'b' and step 'c' have changed places");
    assertThat(sentences(steps("a", "b", "c"), steps("new", "c", "b", "a")))
        .containsExactly(
            "step 'new' (1st) is new, before 'c'", "step 'a' and step 'c' have changed places");
  }

  @Test
  void shouldBlameAsFewAsPossible_whenAStepHasMoved() {
    assertThat(sentences(steps("a", "b", "c", "d"), steps("b", "c", "d", "a")))
        .containsExactly("step 'a' has moved: it was first and is behind 'd'");
  }

  @Test
  void shouldSayWhatItIs_whenACompensationComesOrGoes() {
    String without = "[{'name':'payment'}]";
    String with =
        "[{'name':'payment','compensation':{'command':{'name':'Refund','version':1},"
            + "'commandWhenUnknown':{'name':'Void','version':1},'timeout':'PT1S'}}]";
    assertThat(sentences(without, with))
        .containsExactly(
            "step 'payment': compensation is new: command Refund v1, commandWhenUnknown Void v1");
    assertThat(sentences(with, without))
        .containsExactly(
            "step 'payment': compensation is gone; it was command Refund v1, commandWhenUnknown"
                + " Void v1");
    assertThat(sentences(with, with.replace("Void", "Drop")))
        .containsExactly(
            "step 'payment': compensation.commandWhenUnknown was Void v1 and is Drop v1");
  }

  @Test
  void shouldCompareStepsWithinSteps_howeverTheyAreNested() {
    assertThat(
            sentences(
                "[{'name':'prepare','steps':[{'name':'stock','participant':'a'}]}]",
                "[{'name':'prepare','steps':[{'name':'stock','participant':'b'},{'name':'screen'}]}]"))
        .containsExactly(
            "step 'stock' in 'prepare': participant was a and is b",
            "step 'screen' in 'prepare' (2nd) is new, behind 'stock'");
    assertThat(
            sentences(
                "[{'name':'prepare','branches':[[{'name':'stock','kind':'X'}],[]]}]",
                "[{'name':'prepare','branches':[[{'name':'stock','kind':'Y'}],[]]}]"))
        .containsExactly("step 'stock' in 'prepare': kind was X and is Y");
  }

  @Test
  void shouldCountBlocks_whenTheyHaveNoNames() {
    String before =
        "[{'block':'pause','time':'PT1S'},{'name':'a'},{'block':'inOrder','steps':[{'name':'b'}]}]";
    assertThat(sentences(before, before.replace("PT1S", "PT2S"))).isEmpty();
    assertThat(sentences(before, before.replace("'a'}", "'a'},{'block':'pause','time':'PT9S'}")))
        .containsExactly("step 'unnamed pause 2' (3rd) is new, between 'a' and 'unnamed inOrder'");
    assertThat(sentences(before, before.replace("'b'", "'b','kind':'PIVOT'")))
        .containsExactly("step 'b' in 'unnamed inOrder': kind is new: PIVOT");
  }

  @Test
  void shouldGiveThePath_whenItIsNothingThatItKnows() {
    assertThat(
            sentences(
                "[{'name':'prepare','when':{'any':[{'of':1},{'of':2}]}}]",
                "[{'name':'prepare','when':{'any':[{'of':1},{'of':3}]}}]"))
        .containsExactly("step 'prepare': when.any[2].of was 2 and is 3");
    assertThat(
            StructureDifferences.between(
                "{'dataType':'A'}".replace('\'', '"'), "{\"dataType\":[1]}"))
        .extracting(Difference::sentence)
        .containsExactly("dataType was A and is [1]");
  }

  @Test
  void shouldSayWhichStepsItConcerns() {
    List<Difference> found =
        StructureDifferences.between(
            whole(steps("a", "b", "c")), whole(steps("a", "c", "b", "d")).replace("Trip", "Tour"));
    assertThat(found)
        .extracting(Difference::steps)
        .containsExactly(Set.of(), Set.of("d"), Set.of("b", "c"));
  }

  private static List<String> sentences(String before, String now) {
    return StructureDifferences.between(whole(before), whole(now)).stream()
        .map(Difference::sentence)
        .toList();
  }

  private static String whole(String steps) {
    return "{'name':'x','dataType':'Trip','steps':".replace('\'', '"')
        + steps.replace('\'', '"')
        + "}";
  }

  private static String steps(String... names) {
    return Arrays.stream(names)
        .map(name -> "{'name':'" + name + "'}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
