using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class PhaseEventTests
{
    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-8)]
    [InlineData(1e-11)]
    public void EventsAreAsAccurateAsTheFlow(double tolerance)
    {
        var problem = Reference.Problem(300, 1.5) with { Start = Start.UnitSphere(1), Teacher = Teacher.Gaussian(2) };
        var exact = problem.Solve(new GradientFlow { Until = 1e5, RelativeTolerance = 1e-13 });
        var flow = problem.Solve(new GradientFlow { Until = 1e5, RelativeTolerance = tolerance });
        foreach (var name in new[] { "escape", "crossing", "convergence" })
        {
            // The margin of convergence falls as t^(−1/3): a relative error of u weighs 60 times as much in T₂.
            var weight = name == "convergence" ? 100 : 10;
            flow.TimeOf(name).ShouldBe(exact.TimeOf(name), weight * tolerance * exact.TimeOf(name), name);
        }
    }

    [Fact]
    public void StatisticsAtTheEventsAreTheThresholds()
    {
        var problem = Reference.Problem(300, 1.5) with { Start = Start.UnitSphere(1), EscapeThreshold = 0.2, Accuracy = 0.03 };
        var flow = problem.Solve(new GradientFlow { Until = 1e5, RelativeTolerance = 1e-9 });
        Math.Abs(flow.At(flow.TimeOf("escape"))["u"]).ShouldBe(0.2, 1e-12);
        flow.At(flow.TimeOf("crossing"))["s"].ShouldBe(1.0 / 3, 1e-12);
        var converged = flow.At(flow.TimeOf("convergence"));
        Math.Max(converged["one-minus-s"], converged["one-minus-u"]).ShouldBe(0.03, 1e-12);
    }

    [Fact]
    public void SelfOverlapNeverReturnsBelowTheSaddle()
    {
        var flow = Reference.SignChanging(1).Solve(new GradientFlow { Until = 1e6 });
        for (var row = 0; row < flow.Times.Length; row++)
        {
            if (flow.Times[row] > flow.TimeOf("crossing"))
                flow["s"][row].ShouldBeGreaterThan(1.0 / 3);
        }

        flow.Events["dip"].ShouldBeNull();
    }

    // s that comes to s*/3 and waits there: which side of it a rounding or an error of the solver puts it on is no event.
    [Theory]
    [InlineData(1e-5, 0.0, null, null)]
    [InlineData(1e-5, 1e-6, null, null)]
    [InlineData(1e-5, 1e-3, 6.0, null)]
    [InlineData(1e-8, 1e-6, 6.0, null)]
    [InlineData(1e-5, -1e-3, 6.0, 8.0)]
    public void WaitingAtTheSaddleIsNoEvent(double error, double beyond, double? crossing, double? dip)
    {
        // s − s*/3 at the times 0 … 9: a wave of a hundredth of the error from 2 on, then what is beyond; and below it at the end, where that is negative.
        double Place(double time) => time <= 1 ? -0.1 : time < 5 ? 0.01 * error * Math.Sin(7 * time) : time < 7 ? Math.Abs(beyond) * (time - 5) : beyond * (beyond < 0 ? time - 7 : 2);
        var events = new PhaseEvents(Reference.Problem(2, 1), 1, error);
        PhaseStatistics At(double time) => new((1.0 / 3) + Place(time), 0, 1, 1, (2.0 / 3) - Place(time), 1);
        events.Begin(At(0));
        for (var step = 1; step < 10; step++)
        {
            var last = step;
            events.Advance(At(step), margin => Enumerable.Range(0, 101).Select(k => last - 1 + (k / 100.0)).Cast<double?>().FirstOrDefault(time => margin(At(time!.Value)) >= 0));
        }

        var told = events.ToDictionary();
        Told(told["crossing"]).ShouldBe(crossing);
        Told(told["dip"]).ShouldBe(dip);

        // Rounded up to the end of its step.
        static double? Told(double? time) => time is { } value ? Math.Ceiling(value) : null;
    }

    // λ = (0.8, 0.2), w* = (1, 1), w(0) = (−0.21, 1.24): s(0) = 0.3428 lies above the saddle, falls to 0.32871938 and comes back.
    [Fact]
    public void SelfOverlapThatDipsBelowTheSaddleIsTold()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([0.8, 0.2]), Teacher = Teacher.FromValues([1, 1]), Start = Start.FromValues([-0.21, 1.24]) };
        var flow = problem.Solve(new GradientFlow { Until = 10, RelativeTolerance = 1e-11 });
        flow.At(0)["s"].ShouldBe(0.3428, 1e-10);
        flow.TimeOf("crossing").ShouldBe(0);
        var dip = flow.TimeOf("dip");
        dip.ShouldBeInRange(0, 0.15596316);
        flow.At(dip)["s"].ShouldBe(1.0 / 3, 1e-9);
        flow.At(0.15596316)["s"].ShouldBe(0.32871938, 6e-9);
        flow.At(0.15596316 + 1e-3)["s"].ShouldBeGreaterThan(flow.At(0.15596316)["s"]);
        flow.At(0.15596316 - 1e-3)["s"].ShouldBeGreaterThan(flow.At(0.15596316)["s"]);
        problem.Solve(new GradientDescent { LearningRate = 1e-4, Steps = 50_000 }).TimeOf("dip").ShouldBe(dip, 1e-3);
    }

    [Fact]
    public void EventsThatHaveNotHappenedAreNullAndSayWhatToDo()
    {
        var flow = Reference.Problem(100, 2).Solve(new GradientFlow { Until = 0.01 });
        flow.Events["crossing"].ShouldBeNull();
        Should.Throw<ParameterException>(() => flow.TimeOf("crossing")).Message.ShouldContain("raise until");
        flow.TimeOf("escape").ShouldBe(0);
    }

    [Fact]
    public void EventsDoNotDependOnTheSavedTimes()
    {
        var problem = Reference.Problem(100, 2);
        var few = problem.Solve(new GradientFlow { Times = [500] });
        var many = problem.Solve(new GradientFlow { Times = TimeGrid.Logarithmic(1e-3, 500, 300) });
        foreach (var name in few.Events.Keys)
            many.Events[name].ShouldBe(few.Events[name]);
    }

    [Fact]
    public void ThresholdsScaleWithTheTeachersOverlap()
    {
        // w → √s* v and t → s* t: the same problem in other units.
        var teacher = Enumerable.Range(0, 40).Select(i => 30 * (1 + Math.Cos(i))).ToArray();
        var spectrum = Spectrum.PowerLaw(40, 1.3);
        var unit = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.FromValues(teacher), Start = Start.FromValues(Enumerable.Range(0, 40).Select(i => 0.01 * Math.Sin(i + 1))) };
        var large = unit with { Teacher = Teacher.FromValues(teacher) with { Normalization = TeacherNormalization.Dimension } };
        var overlap = large.Modes().TeacherOverlap;
        large = large with { Start = Start.FromValues(Enumerable.Range(0, 40).Select(i => Math.Sqrt(overlap) * 0.01 * Math.Sin(i + 1))) };
        Math.Abs(overlap - 1).ShouldBeGreaterThan(0.1);
        var first = unit.Solve(new GradientFlow { Times = [1, 1000], RelativeTolerance = 1e-11 });
        var second = large.Solve(new GradientFlow { Times = [1 / overlap, 1000 / overlap], RelativeTolerance = 1e-11 });
        foreach (var name in new[] { "escape", "crossing", "convergence" })
            second.TimeOf(name).ShouldBe(first.TimeOf(name) / overlap, 1e-8 * second.TimeOf(name), name);
        for (var row = 0; row < 2; row++)
        {
            second["u"][row].ShouldBe(overlap * first["u"][row], 1e-9 * Math.Abs(second["u"][row]));
            second["loss"][row].ShouldBe(overlap * overlap * first["loss"][row], 1e-9 * second["loss"][row]);
            second["one-minus-s"][row].ShouldBe(first["one-minus-s"][row], 1e-9 * Math.Abs(first["one-minus-s"][row]));
        }

        var (slow, fast) = (EscapeTheory.Of(unit.Modes()), EscapeTheory.Of(large.Modes()));
        fast.Rate.ShouldBe(overlap * slow.Rate, 1e-12 * fast.Rate);
        fast.Coefficient.ShouldBe(overlap * slow.Coefficient, 1e-11 * Math.Abs(fast.Coefficient));
        new SharpLaw(large.Modes()).Misalignment(1000 / overlap).ShouldBe(new SharpLaw(unit.Modes()).Misalignment(1000), 1e-12);
        new SharpLaw(large.Modes()).Loss(1000 / overlap).ShouldBe(overlap * overlap * new SharpLaw(unit.Modes()).Loss(1000), 1e-12);
    }
}
