using Eigenflow.Numerics.Dense;
using Eigenflow.Systems.SpectralDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent.Muon;

/// <summary>Coefficient lists and arithmetics of the Newton–Schulz iteration.</summary>
public sealed class NewtonSchulzTests : IDisposable
{
    private static readonly double[] Gradient = [0.2932756829, -0.2976301639, 0.0599014942, 0.0143972287, -0.0166983609, 0.1691225177];

    // arXiv 2505.16932, Algorithm 1, before its safety factor.
    private static readonly double[] FirstOfPolarExpress = [8.28721201814563, -23.595886519098837, 17.300387312530933];
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void PolarExpressIsComputedAsPublished()
    {
        var list = NewtonSchulzCoefficients.PolarExpress();
        list.Steps.Length.ShouldBe(8);
        list.NormFactor.ShouldBe(1.01);
        list.Steps[0].Linear.ShouldBe(FirstOfPolarExpress[0] / 1.01, 1e-9);
        list.Steps[0].Cubic.ShouldBe(FirstOfPolarExpress[1] / Math.Pow(1.01, 3), 1e-9);
        list.Steps[0].Quintic.ShouldBe(FirstOfPolarExpress[2] / Math.Pow(1.01, 5), 1e-9);
        list.Steps[4].Linear.ShouldBe(2.300652019954817 / 1.01, 1e-9);
        list.Steps[6].Linear.ShouldBe(1.8750014808534479 / 1.01, 1e-9);
        list.At(7).ShouldBe((1.875, -1.25, 0.375));
        list.At(500).ShouldBe(list.At(7));
        new NewtonSchulzDirection { Coefficients = list, Iterations = 30 }.Polynomial(1e-3).ShouldBe(1, 1e-14);
    }

    // The best odd quintic has four points of equal error, and signs that alternate.
    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.3, 1.7)]
    [InlineData(0.9, 1.1)]
    public void MinimaxQuinticsEquioscillate(double low, double high)
    {
        var (a, b, c) = MinimaxQuintics.Best(low, high);
        double Error(double x) => (x * (a + (x * x * (b + (x * x * c))))) - 1;
        double[] errors = [.. Enumerable.Range(0, 20_001).Select(k => Error(low + ((high - low) * k / 20_000)))];
        errors[0].ShouldBe(errors.Min(), 1e-9);
        errors[^1].ShouldBe(errors.Max(), 1e-9);
        (errors.Max() + errors.Min()).ShouldBe(0, 1e-8);
        var inner = Array.FindIndex(errors, 1, error => error > errors[^1] - 1e-6);
        inner.ShouldBeInRange(1, 15_000);
        errors.Skip(inner).Min().ShouldBe(errors[0], 1e-6);
    }

    [Fact]
    public void ListsAreNamedWrittenOrOfFiles()
    {
        NewtonSchulzCoefficients.Read("muon").ShouldBe(NewtonSchulzCoefficients.Muon);
        NewtonSchulzCoefficients.Read("3.4445,-4.7750,2.0315").ShouldBe(NewtonSchulzCoefficients.Muon);
        NewtonSchulzCoefficients.Read("polar-express:0.001").ShouldBe(NewtonSchulzCoefficients.PolarExpress());
        NewtonSchulzCoefficients.Read("polar-express:0.1").ShouldNotBe(NewtonSchulzCoefficients.PolarExpress());
        NewtonSchulzCoefficients.Read("you").UsualIterations.ShouldBe(5);
        var path = folder.Write("list.csv", "a,b,c\n4,-5,2\n3,-3,1\n1.875,-1.25,0.375\n");
        var list = NewtonSchulzCoefficients.Read("file:" + path);
        list.Steps.ShouldBe([(4, -5, 2), (3, -3, 1), (1.875, -1.25, 0.375)]);
        list.UsualIterations.ShouldBe(3);
        list.Text.ShouldBe("file:" + path);

        // Two files share the text of their numbers only if they are equal.
        list.ToString().ShouldBe(NewtonSchulzCoefficients.Of((4, -5, 2), (3, -3, 1), (1.875, -1.25, 0.375)).ToString());
        list.ToString().ShouldNotBe(NewtonSchulzCoefficients.You.ToString());
        Message("file:" + folder.Write("two.csv", "3,-2\n1,2\n")).ShouldContain("the three columns a, b and c");
        Message("file:" + folder.Path("none.csv")).ShouldContain("there is no such file");
        Message("polar-express:2").ShouldContain("LOWEST >= 1e-6 and <= 0.5");
        Message("polar-expres").ShouldContain("did you mean polar-express?");
        Message("1,2").ShouldContain("three numbers a,b,c");
        Should.Throw<ParameterException>(() => NewtonSchulzCoefficients.Of()).Message.ShouldContain("1 to 1000 rows");
        Should.Throw<ParameterException>(() => NewtonSchulzCoefficients.Of((double.NaN, 1, 1))).Message.ShouldContain("three finite coefficients");

        static string Message(string text) => Should.Throw<EigenflowException>(() => NewtonSchulzCoefficients.Read(text)).Message;
    }

    // By a program of its own (NumPy, sequential sums in float32, bfloat16 by bits), tall and wide.
    [Theory]
    [InlineData("muon", new[] { 0.5625, -0.421875, 0.28125, 0.1796875, 0.28125, 0.546875 })]
    [InlineData("polar-express", new[] { 0.7890625, -0.58203125, 0.3359375, 0.2109375, 0.359375, 0.734375 })]
    public void BrainFloatsAgreeWithAnIndependentProgram(string list, double[] expected)
    {
        var direction = new NewtonSchulzDirection { Coefficients = NewtonSchulzCoefficients.Read(list), Arithmetic = Arithmetic.BrainFloat };
        Apply(direction, Gradient, 3, 2).ShouldBe(expected);
        Transposed(Apply(direction, Transposed(Gradient, 3, 2), 2, 3), 2, 3).ShouldBe(expected);
    }

    [Theory]
    [InlineData(9, 5)]
    [InlineData(5, 9)]
    [InlineData(7, 7)]
    public void FewDigitsAreNearTheDouble(int rows, int columns)
    {
        var random = new System.Random(3);
        double[] matrix = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5)];
        foreach (var (_, coefficients) in MuonRuns.Lists)
        {
            var direction = new NewtonSchulzDirection { Coefficients = coefficients };
            var exact = Apply(direction, matrix, rows, columns);
            Apply(direction with { Arithmetic = Arithmetic.Single }, matrix, rows, columns).Zip(exact, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4);
            if (!coefficients.Equals(NewtonSchulzCoefficients.Cans))
                Apply(direction with { Arithmetic = Arithmetic.BrainFloat }, matrix, rows, columns).Zip(exact, (a, b) => Math.Abs(a - b)).Max().ShouldBeInRange(1e-5, 0.15);
        }
    }

    [Fact]
    public void AZeroGradientMovesNothing()
    {
        foreach (var arithmetic in Enum.GetValues<Arithmetic>())
            Apply(new NewtonSchulzDirection { Arithmetic = arithmetic }, new double[6], 3, 2).ShouldAllBe(value => value == 0);
    }

    // Without the safety factor some singular value is pushed out of the interval, where the next polynomial takes off.
    [Fact]
    public void TheSafetyFactorKeepsBrainFloatsInside()
    {
        double Farthest(NewtonSchulzCoefficients coefficients) =>
            Enumerable.Range(1, 3000).Max(k => Math.Abs(new NewtonSchulzDirection { Coefficients = coefficients, Arithmetic = Arithmetic.BrainFloat }.Rounded(k / 3000.0, 1)));
        Farthest(NewtonSchulzCoefficients.PolarExpress()).ShouldBeLessThan(1.15);
        Farthest(NewtonSchulzCoefficients.Cans).ShouldBeGreaterThan(2);
    }

    public void Dispose() => folder.Dispose();

    private static double[] Apply(Direction direction, double[] gradient, int rows, int columns)
    {
        var result = new double[gradient.Length];
        direction.Matrices(rows, columns).Apply(gradient, result);
        return result;
    }

    private static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var result = new double[matrix.Length];
        MatrixProduct.Transpose(matrix, result, rows, columns);
        return result;
    }
}
