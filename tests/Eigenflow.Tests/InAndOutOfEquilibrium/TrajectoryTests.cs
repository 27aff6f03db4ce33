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
        var noise = new Noise();
        for (var step = 0; step < 4000; step++)
        {
            double u = x - 100, v = y + 3, nextX = 100 + (0.9 * u) - (0.05 * v) + (0.1 * noise.Next()), nextY = -3 + (0.05 * u) + (0.9 * v) + (0.1 * noise.Next());
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
    [InlineData("w1,w2,grad_a,grad_b\n1,2,3,4\n", "call them grad_NAME")]
    [InlineData("step,w1\n0,0.5\n1,0.25\n3,0.1\n4,0.3\n", "(column 1 (step) goes from 1 to 3) is not allowed")]
    [InlineData("step,w1\n0,0.5\n1,0.25\n2,0.1\n0,0.3\n1,0.1\n", "one trajectory per file")]
    public void BadFilesAreRefused(string content, string contains) =>
        Should.Throw<ParameterException>(() => System.Complete("trajectory", Setting.Empty.With("trajectory", "file:" + folder.Write("bad.csv", content)))).Message.ShouldContain(contains);

    [Fact]
    public void GradientsBelongToTheirParametersByName()
    {
        var plain = Walk("w1,w2,grad_w1,grad_w2", row => [row.X, row.Y, row.GradientX, row.GradientY]);
        var turned = Walk("grad_w2,w1,grad_w1,w2", row => [row.GradientY, row.X, row.GradientX, row.Y]);
        foreach (var name in (string[])["hessian-11", "hessian-12", "hessian-22", "learning-rate-estimate"])
            turned.SummaryOf(name)!.Value.ShouldBe(plain.SummaryOf(name)!.Value, name);
        Near(plain, "hessian-11", 1, 0.1);
        Near(plain, "hessian-22", 1, 0.1);
        plain.SummaryOf("learning-rate-estimate")!.Value.ShouldBe(0.1, 1e-9);
        plain.SummaryOf("gradient-share")!.Value.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void GradientsThatDoNotMakeTheStepsAreNotBelieved()
    {
        var (beforeX, beforeY) = (0.0, 0.0);
        var late = Walk("w1,w2,grad1,grad2", row =>
        {
            double[] cells = [row.X, row.Y, beforeX, beforeY];
            (beforeX, beforeY) = (row.GradientX, row.GradientY);
            return cells;
        });
        late.Warnings.ShouldContain(warning => warning.Contains("those of the row after do"));
        var reversed = Walk("w1,w2,grad1,grad2", row => [row.X, row.Y, -row.GradientX, -row.GradientY]);
        reversed.Warnings.ShouldContain(warning => warning.Contains("the other sign"));
        foreach (var solution in new[] { late, reversed })
        {
            solution.SummaryOf("hessian-11").ShouldBeNull();
            solution.SummaryOf("learning-rate-estimate").ShouldBeNull();
        }
    }

    [Fact]
    public void ACountGivesTheOrderOfRows()
    {
        var plain = Walk("w1,w2", row => [row.X, row.Y]);
        foreach (var (name, first, stride) in ((string, int, int)[])[("step", 0, 1), ("t", 7, 10), ("counter", 0, 1)])
        {
            var counted = Walk($"w1,{name},w2", row => [row.X, first + (stride * row.Step), row.Y], shuffle: true);
            counted.SummaryOf("entropy")!.Value.ShouldBe(plain.SummaryOf("entropy")!.Value, name);
            counted.Warnings.ShouldContain(warning => warning.Contains("rows were put in its order"));
            counted.Warnings.Any(warning => warning.Contains("a time unit is 10 of it")).ShouldBe(stride == 10);
        }

        // Two weights whose names are those of clocks are weights.
        var named = Walk("t,k", row => [row.X, row.Y]);
        named.SummaryOf("entropy")!.Value.ShouldBe(plain.SummaryOf("entropy")!.Value);
        named.Warnings.Count(warning => warning.Contains("taken for a parameter")).ShouldBe(2);
        Walk("w1,w2,train_loss", row => [row.X, row.Y, row.X * row.X]).SummaryOf("entropy")!.Value.ShouldBe(plain.SummaryOf("entropy")!.Value);
    }

    [Fact]
    public void StandardErrorsAreThoseOfManyPaths()
    {
        const int paths = 60;
        foreach (var name in (string[])["cov-11", "cov-12", "mean-1", "circulation-12"])
        {
            var scores = Enumerable.Range(0, paths).Select(seed =>
            {
                var solution = System.Solve(System.Complete("trajectory", Setting.Empty.With("problem", "matrices").With("learning-rate", 0.05).With("steps", 3000L).With("seed", (long)seed)));
                var expected = name switch { "cov-11" => 0.0010526315789, "cov-12" => 0.00068493150685, "circulation-12" => 1.7123e-5, _ => 0 };
                return (solution.SummaryOf(name)!.Value - expected) / solution.SummaryOf(name + "-se")!.Value;
            }).ToArray();

            // The spread of the root of a mean square of sixty scores of about twelve degrees of freedom is 11 %.
            Math.Sqrt(scores.Sum(score => score * score) / paths).ShouldBeInRange(0.7, 1.5, name);
        }
    }

    [Theory]
    [InlineData(0, 3000, 0.9, "begins far outside")]
    [InlineData(0, 400, 0.98, "no standard errors")]
    [InlineData(0, 3000, 1, "does not return|no standard errors")]
    [InlineData(3e-4, 3000, 0.9, "drifts")]
    public void PathsThatAreNotStationarySaySo(double drift, int rows, double memory, string warnings)
    {
        var noise = new Noise();
        var text = new StringBuilder("w\n");
        var x = drift == 0 && memory == 0.9 ? 60.0 : 0;
        for (var row = 0; row < rows; row++)
        {
            text.AppendLine((x + (drift * row)).ToString("R", CultureInfo.InvariantCulture));
            x = (memory * x) + (0.1 * noise.Next());
        }

        var solution = Solved(text.ToString());
        solution.Warnings.ShouldContain(warning => warnings.Split('|').Any(warning.Contains));
        if (memory > 0.9)
            solution.SummaryOf("cov-11-se").ShouldBeNull();
    }

    public void Dispose() => folder.Dispose();

    // x' = Ax + noise, A = 0.9 with a rotation by 0.05, and the gradients of steps of size 0.1.
    private Solution Walk(string heading, Func<Row, double[]> cells, bool shuffle = false)
    {
        var noise = new Noise();
        var lines = new List<string>();
        var (x, y) = (0.0, 0.0);
        for (var step = 0; step < 4000; step++)
        {
            double nextX = (0.9 * x) - (0.05 * y) + (0.1 * noise.Next()), nextY = (0.05 * x) + (0.9 * y) + (0.1 * noise.Next());
            lines.Add(string.Join(',', cells(new Row(step, x, y, (x - nextX) / 0.1, (y - nextY) / 0.1)).Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
            (x, y) = (nextX, nextY);
        }

        return Solved(heading + "\n" + string.Join('\n', shuffle ? [.. lines.Where((_, k) => k % 2 == 1), .. lines.Where((_, k) => k % 2 == 0)] : lines) + "\n");
    }

    private Solution Solved(string text) => System.Solve(System.Complete("trajectory", Setting.Empty.With("trajectory", "file:" + folder.Write("path.csv", text))));

    private static ISystem System => SystemCatalog.Find("in-and-out-of-equilibrium");

    private static void Near(Solution solution, string name, double expected, double largestError)
    {
        double value = solution.SummaryOf(name)!.Value, error = solution.SummaryOf(name + "-se")!.Value;
        error.ShouldBeLessThan(largestError, name);
        Math.Abs(value - expected).ShouldBeLessThan(Errors * error, $"{name}: {value} ± {error}, expected {expected}");
    }

    private sealed record Row(int Step, double X, double Y, double GradientX, double GradientY);

    // Sums of twelve uniform numbers.
    private sealed class Noise
    {
        private uint state = 1;

        public double Next()
        {
            var sum = -6.0;
            for (var k = 0; k < 12; k++)
            {
                state = (state * 1664525) + 1013904223;
                sum += state / 4294967296.0;
            }

            return sum;
        }
    }
}
