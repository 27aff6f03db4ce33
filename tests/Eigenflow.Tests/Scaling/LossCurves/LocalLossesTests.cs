using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>The expansion on which refits step: it has the law's values and slopes at its centre, an error of third order around it, and its steps end at least as low as straight ones.</summary>
public sealed class LocalLossesTests
{
    private static readonly Dictionary<string, double[]> Values = new()
    {
        ["direct"] = Samples.Direct,
        ["by-parts"] = [2, 1, 0.4, 15, 30, 20, 0.75],
        ["multi-power"] = [2, 1, 0.4, 30, 2, 0.5, 0.6],
        ["momentum"] = [2, 1, 0.4, 2, 0.01],
        ["power-time"] = [2, 1, 0.4],
    };

    [Theory]
    [InlineData("direct")]
    [InlineData("by-parts")]
    [InlineData("multi-power")]
    [InlineData("momentum")]
    [InlineData("power-time")]
    public void TheExpansionAgreesToSecondOrder(string name)
    {
        var law = LossLaws.All.First(one => one.Name == name);
        double[] theta = [.. Values[name].Select(x => Math.Log(x))];
        FitData[] data = [FitData.Of(Samples.Curve(law, Values[name], Samples.Rates("cosine", 0.01, 1500), 5), 30, 1500, 37)];
        var exact = new LawLosses(law, data);
        var local = new LocalLosses(law, data, theta);
        var (logs, slopes) = Of(exact, theta);
        var (near, nearSlopes) = Of(local, theta);
        for (var i = 0; i < exact.Points; i++)
        {
            near[i].ShouldBe(logs[i], 1e-12);
            for (var j = 0; j < theta.Length; j++)
                nearSlopes[(j * exact.Stride) + i].ShouldBe(slopes[(j * exact.Stride) + i], 1e-10);
        }

        // Twice as far, about eight times the error; amplitudes are exact.
        var (once, twice) = (Error(0.025), Error(0.05));
        once.ShouldBeLessThan(1e-5);
        (twice / once).ShouldBeInRange(5, 12);

        double Error(double far)
        {
            double[] moved = [.. theta.Select((x, j) => x + (far * (j % 2 == 0 ? 1 : -1)))];
            return Of(exact, moved).Logs.Zip(Of(local, moved).Logs, (a, b) => Math.Abs(a - b)).Take(exact.Points).Max();
        }
    }

    [Fact]
    public void RefitsOnTheExpansionEndAsLowAsStraightOnes()
    {
        var law = LossLaws.Direct;
        FitData[] data = [FitData.Of(Samples.Curve(law, Samples.Direct, Samples.Rates("8-1-1", 0.01, 1200), 4, 0.003), 24, 1200, 60)];
        double[] theta = [.. Samples.Direct.Select(x => Math.Log(x))], lower = [.. theta.Select(x => x - 3)], upper = [.. theta.Select(x => x + 3)];
        var minimizer = new HuberGaussNewton(law, data, lower, upper);
        var local = new LocalLosses(law, data, theta);
        double along = 0, straight = 0;
        for (var trial = 0; trial < 10; trial++)
        {
            double[] observed = [.. data[0].Points.LogLosses.Select((y, i) => y + (0.003 * Math.Sin(12.9898 * (i + 1) * (trial + 1))))];
            double[] first = [.. theta], second = [.. theta];
            along += minimizer.Minimize(first, observed, 40, 1e-4, 1, TestContext.Current.CancellationToken, local: new LocalSteps(local, law.Priors, lower, upper));
            straight += minimizer.Minimize(second, observed, 40, 1e-4, 3, TestContext.Current.CancellationToken);
        }

        along.ShouldBeLessThan(1.002 * straight);
    }

    private static (double[] Logs, double[] Slopes) Of(LogLosses losses, double[] theta)
    {
        double[] logs = new double[losses.Stride], slopes = new double[losses.Stride * losses.Parameters];
        losses.Evaluate(theta, logs, slopes).ShouldBeTrue();
        return (logs, slopes);
    }
}
