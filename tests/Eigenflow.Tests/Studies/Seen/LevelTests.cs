using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>A level that is predicted is compared with a curve that stays, and not with one that is on its way.</summary>
public sealed class LevelTests
{
    private const double Level = 0.3;

    [Fact]
    public void ACurveThatStaysIsCompared()
    {
        Measured(t => Level).ShouldNotBeNull().Difference.ShouldBe(0);
        var other = Measured(t => 0.306 + Math.Exp(-t)).ShouldNotBeNull();
        (other.Value, other.Half, other.Direction).ShouldBe((0.306, 0, 0), "0.306, 0, 0");
        other.Difference.ShouldBe(0.02, 1e-6);
        other.Text.ShouldBe("0.306");

        // Its fall, 0.004 % in ten, is far below its distance from the level.
        Measured(t => 0.306 * Math.Pow(t, -2e-4)).ShouldNotBeNull().Place.ShouldContain("loss from ");
    }

    [Theory]
    [InlineData(-0.005, -1, "below ")]
    [InlineData(0.005, 1, "above ")]
    public void OneThatEndsOnItsWayBoundsIt(double exponent, int direction, string words)
    {
        // At its end it is 1 % from the level, and a quarter of a decade before 0.3 % farther.
        var measured = Measured(t => (direction < 0 ? 1.01 : 0.99) * Level * Math.Pow(t / 1000, exponent)).ShouldNotBeNull();
        measured.Direction.ShouldBe(direction);
        measured.Difference.ShouldBe(double.NaN);
        measured.Text.ShouldBe($"{words}{(direction < 0 ? "0.303, still falling" : "0.297, still growing")}");
        measured.Half.ShouldBe(0);
    }

    [Fact]
    public void OneThatGoesThroughShowsNothing()
    {
        Measured(t => Level * Math.Pow(t / 30, -0.02)).ShouldBeNull();
        Measured(t => Level * Math.Pow(t / 30, -0.5)).ShouldBeNull();
        Measured(t => 2 * Level).ShouldBeNull();
    }

    [Fact]
    public void OneThatStaysAndLeavesIsComparedWhereItStays()
    {
        var measured = Measured(t => 1.002 * Level / (1 + (t * t / 1e5))).ShouldNotBeNull();
        measured.Difference.ShouldBe(0.002, 2e-4);
        measured.Direction.ShouldBe(0);
    }

    private static MeasuredPrediction? Measured(Func<double, double> curve)
    {
        double[] times = TimeGrid.Logarithmic(0.1, 1000, 200)[1..];
        var solution = new Solution { System = "made", Method = "made", Setting = new Setting([]), Observables = [new Observable("t", "t", "Time.", times), new Observable("loss", "L", "Loss.", [.. times.Select(curve)])] };
        PredictedQuantity[] declared = [new("level", "L*", "Level.") { Mark = CurveMark.Level("loss") }];
        var list = new PredictionList(declared);
        list.Add("level", Level, PredictionKind.Exact, "made", "");
        var overlay = new Overlay { Title = "Made", Description = "Made.", Panels = [new OverlayPanel("loss", "loss", "L")], Caption = [] };
        return CurveMeasurement.Of(overlay, declared, new PredictedCurve(solution, list.Predictions)).SingleOrDefault();
    }
}
