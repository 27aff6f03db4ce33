using System.Globalization;
using System.Text;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Estimates from one trajectory, of a file and simulated.</summary>
public sealed class TrajectoryTests : IDisposable
{
    private const double Errors = 4.5;
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void ASimulatedChainGivesTheNumbersOfTheTheory()
    {
        var solution = System.Solve(System.Complete("trajectory", Setting.Empty.With("problem", "matrices").With("steps", 60_000L)));
        foreach (var (name, expected, largestError) in ((string, double, double)[])[("cov-11", 0.005050505051, 5e-4), ("cov-22", 0.01005025126, 1.5e-3), ("circulation-12", 1.6722e-5, 2e-5), ("diffusion-11", 1e-4, 2e-6), ("diffusion-12", 0.5e-4, 2e-6), ("integral-theorem-3", 1, 0.01), ("integral-theorem-10", 1, 0.02)])
            Near(solution, name, expected, largestError);
    }

    [Fact]
    public void AFileOfParametersAndGradients()
    {
        // A rotating walk: x' = Ax + noise with A = 0.9 − 0.05 rotated, and gradients g = (x − x')/0.1.
        var text = new StringBuilder("step,w1,w2,grad1,grad2\n");
        double x = 100, y = -3;
        var state = 1u;
        double Noise()
        {
            var sum = -6.0;
            for (var k = 0; k < 12; k++)
            {
                state = (state * 1664525) + 1013904223;
                sum += state / 4294967296.0;
            }

            return sum;
        }

        for (var step = 0; step < 4000; step++)
        {
            double u = x - 100, v = y + 3, nextX = 100 + (0.9 * u) - (0.05 * v) + (0.1 * Noise()), nextY = -3 + (0.05 * u) + (0.9 * v) + (0.1 * Noise());
            text.AppendLine(string.Join(',', new[] { step, x, y, (x - nextX) / 0.1, (y - nextY) / 0.1 }.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
            (x, y) = (nextX, nextY);
        }

        var request = Setting.Empty.With("trajectory", "file:" + folder.Write("path.csv", text.ToString()));
        var solution = System.Solve(System.Complete("trajectory", request));
        solution.Setting["steps"].ShouldBe(3999L);
        Near(solution, "mean-1", 100, 0.1);
        Near(solution, "diffusion-11", 0.005, 5e-4);
        Near(solution, "diffusion-12", 0, 5e-4);
        solution.SummaryOf("learning-rate-estimate")!.Value.ShouldBe(0.1, 1e-9);
        solution.SummaryOf("hessian-11")!.Value.ShouldBe(1, 0.2);

        // A turns by 0.05 a step: C = 0.05 Σ_11 and W = 0.05/D, which make 2·0.05²Σ/D of entropy a step.
        Near(solution, "circulation-12", 0.05 * solution.SummaryOf("cov-11")!.Value, 5e-3);
        Near(solution, "entropy", 2 * 0.05 * 0.05 * solution.SummaryOf("cov-11")!.Value / 0.005, 0.03);
        foreach (var window in (int[])[1, 2, 3])
            Near(solution, $"integral-theorem-{window}", 1, 0.05);
    }

    [Theory]
    [InlineData("w1,w2\n1,2\n3,4\n", "at least 20 rows")]
    [InlineData("w1,w2,grad1\n1,2,3\n", "as many columns whose names begin with grad")]
    public void BadFilesAreRefused(string content, string contains) =>
        Should.Throw<ParameterException>(() => System.Complete("trajectory", Setting.Empty.With("trajectory", "file:" + folder.Write("bad.csv", content)))).Message.ShouldContain(contains);

    public void Dispose() => folder.Dispose();

    private static ISystem System => SystemCatalog.Find("in-and-out-of-equilibrium");

    private static void Near(Solution solution, string name, double expected, double largestError)
    {
        double value = solution.SummaryOf(name)!.Value, error = solution.SummaryOf(name + "-se")!.Value;
        error.ShouldBeLessThan(largestError, name);
        Math.Abs(value - expected).ShouldBeLessThan(Errors * error, $"{name}: {value} ± {error}, expected {expected}");
    }
}
