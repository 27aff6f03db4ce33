using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>Reference values, relative tolerance 1e-6, and those of the laws, 1e-7.</summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-6, Strict = 1e-7;

    [Fact]
    public void LogisticOnTheIdentity()
    {
        var solution = Cases.Theory(Cases.Symmetric(Cases.Logistic, ClassSpectrum.Identity), 0.7, [1, 10, 100]);
        Is(solution, 0, ("risk", 0.577040918), ("m1", 0.296958864), ("m2", -0.296958864), ("b11", 0.178460439), ("norm2", 0.178460439));
        Is(solution, 1, ("risk", 0.396681629), ("m1", 1.311611), ("b11", 1.97921207));
        Is(solution, 2, ("risk", 0.377727476), ("m1", 2.11790335), ("b11", 4.8786112));
    }

    [Fact]
    public void LogisticOnZeroOne()
    {
        var solution = Cases.Theory(Cases.Symmetric(Cases.Logistic, ClassSpectrum.ZeroOne(0.5)), 0.7, [1, 10, 100, 1e3, 1e4, 1e5]);
        Is(solution, 0, ("risk", 0.561170492), ("m1", 0.308978574), ("b11", 0.0879313173), ("norm2", 0.139876309));
        Is(solution, 1, ("risk", 0.234550275), ("m1", 1.59391606), ("b11", 0.697301964), ("norm2", 2.84940068));
        Is(solution, 2, ("risk", 0.0308626777), ("m1", 3.75917959), ("b11", 0.617817555));
        double[] late = [0.00290758634, 0.000286487701, 2.85818861e-05];
        for (var k = 0; k < late.Length; k++)
            solution["risk"][k + 3].ShouldBe(late[k], 1e-5 * late[k]);
    }

    [Fact]
    public void LogisticOnAPowerLawWithItsErrors()
    {
        var solution = Cases.Theory(Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(2)), 0.7, [1, 10, 100]);
        Is(solution, 0, ("risk", 0.555270103), ("m1", 0.312529111), ("b11", 0.0513480749), ("error", 0.0839159887));
        Is(solution, 1, ("risk", 0.225262118), ("m1", 1.65159042), ("b11", 0.724189921), ("error", 0.0261425359));
        Is(solution, 2, ("risk", 0.0517030132), ("m1", 3.98212413), ("b11", 2.35772093), ("norm2", 19.8788944), ("error", 0.00475168384));
        solution.SummaryOf("confusion-12")!.Value.ShouldBe(0.00475168384, 1e-8);
    }

    [Fact]
    public void LeastSquares()
    {
        var power = Cases.Theory(Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(0.5)), 0.7, [1, 10, 100]);
        Is(power, 0, ("risk", 0.2768246), ("m1", 0.413626129), ("b11", 0.209814884));
        Is(power, 1, ("risk", 0.235025485), ("m1", 0.634794746), ("b11", 0.336676093), ("norm2", 0.663810882));
        Is(power, 2, ("risk", 0.233637621), ("m1", 0.643297326), ("b11", 0.340038445));
        var zeroOne = Cases.Theory(Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.ZeroOne(0.5)), 0.7, [3, 10, 30]);
        Is(zeroOne, 0, ("risk", 0.0962248003), ("m1", 0.715830646), ("b11", 0.111697379));
        Is(zeroOne, 1, ("risk", 0.00550268543), ("m1", 0.935645571), ("b11", 0.00686387826));
        Is(zeroOne, 2, ("risk", 1.50989258e-06));
    }

    [Fact]
    public void AsymmetricClasses()
    {
        var logistic = Cases.Theory(Cases.Asymmetric(Cases.Logistic), 0.9, [1, 100]);
        Is(logistic, 0, ("risk", 0.558935203), ("m1", 0.33551042), ("m2", -0.312152783), ("b11", 0.0989935927), ("b22", 0.107922661));
        Is(logistic, 1, ("risk", 0.240450042), ("m1", 3.33560689), ("m2", -3.07697233), ("b11", 8.36856869), ("b22", 5.15172377), ("norm2", 13.2551887));
        var squares = Cases.Theory(Cases.Asymmetric(Cases.LeastSquares), 0.9, [1, 100]);
        Is(squares, 0, ("risk", 0.264593266));
        Is(squares, 1, ("risk", 0.241899417), ("m1", 0.658309974), ("m2", -0.613914295), ("b11", 0.440699198), ("b22", 0.303171331));
    }

    [Fact]
    public void ThreeClasses()
    {
        double[] times = [0, 1, 3, 10, 30], squares = [0.5, 0.280136784, 0.207080268, 0.178706004, 0.169650118], softmax = [1.09861229, 0.753239358, 0.513468625, 0.32791211, 0.237445105];
        var one = Cases.Theory(Cases.ThreeClasses(new OneHotLoss()), 0.6, times);
        var other = Cases.Theory(Cases.ThreeClasses(new SoftmaxLoss()), 1, times);
        for (var row = 0; row < times.Length; row++)
        {
            Is(one, row, ("risk", squares[row]));
            Is(other, row, ("risk", softmax[row]));
        }
    }

    [Fact]
    public void AdaGradNorm()
    {
        var solution = Cases.Theory(Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(0.5)), 1, [1, 10, 100], rule: new AdaGradNormRate(1, 1));
        Is(solution, 0, ("risk", 0.535050535), ("learning-rate", 0.936759917));
        Is(solution, 1, ("risk", 0.306562583), ("learning-rate", 0.742384181));
        Is(solution, 2, ("risk", 0.231364238), ("learning-rate", 0.398266553));
    }

    [Fact]
    public void PolyakOnLeastSquares()
    {
        // Section 5 gives five digits.
        var problem = Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(0.5), 400);
        var solution = Cases.Theory(problem, 1, [1, 3, 10], rule: new PolyakRate(PopulationOptimum.Risk(problem)));
        double[] expected = [0.27534, 0.22835, 0.19723];
        for (var row = 0; row < expected.Length; row++)
            solution["risk"][row].ShouldBe(expected[row], 1e-5);
    }

    [Fact]
    public void Continuum()
    {
        var logistic = Cases.Continuum(Cases.Symmetric(Cases.Logistic, ClassSpectrum.PowerLaw(2)), 0.5, 10, 100, 1000);
        Is(logistic, 0, ("risk", 0.267370069), ("m1", 1.373046), ("b11", 0.5164062));
        Is(logistic, 1, ("risk", 0.0634290793), ("m1", 3.622525), ("b11", 2.04105));
        Is(logistic, 2, ("risk", 0.0110032519), ("m1", 6.243072), ("b11", 3.673305));
        var squares = Cases.Continuum(Cases.Symmetric(Cases.LeastSquares, ClassSpectrum.PowerLaw(2)), 0.5, 10, 100, 1000);
        Is(squares, 0, ("risk", 0.0626580229), ("m1", 0.8394574), ("b11", 0.09954212));
        Is(squares, 1, ("risk", 0.019617733), ("m1", 0.9492051), ("b11", 0.03665535));
        Is(squares, 2, ("risk", 0.00619616401), ("m1", 0.9839372), ("b11", 0.01213432));
    }

    [Fact]
    public void ContinuumOfTwoPowers()
    {
        var first = Cases.Continuum(Two(Cases.Logistic, 1.1, 1.5, 0), 0.7, 10, 1e3, 1e5);
        IsStrictly(first, 0, ("risk", 0.2513052318), ("risk1", 0.2587924525), ("risk2", 0.2438180111), ("m1", 1.599696978), ("b11", 1.054387716), ("b22", 0.8434555431));
        IsStrictly(first, 1, ("risk", 0.02811993259), ("risk1", 0.04124618951), ("risk2", 0.01499367567), ("m1", 6.238394266), ("b11", 7.755648017), ("b22", 4.444656769));
        IsStrictly(first, 2, ("risk", 0.003146103984), ("risk1", 0.006017714085), ("risk2", 0.000274493884), ("m1", 11.03368866), ("b11", 14.23032831), ("b22", 5.71028854));
        var second = Cases.Continuum(Two(Cases.Logistic, 1.1, 1.5, 0.5), 0.7, 10, 1e3, 1e12);
        IsStrictly(second, 0, ("risk", 0.4353706549));
        IsStrictly(second, 1, ("risk", 0.3038661631));
        IsStrictly(second, 2, ("risk", 0.29527300), ("m1", 2.74080422), ("b11", 7.09436083), ("b22", 4.44801415));
        var third = Cases.Continuum(Two(Cases.LeastSquares, 2, 3, 0.25), 0.7, 10, 1e3, 1e5);
        IsStrictly(third, 0, ("risk", 0.1054723968), ("m1", 0.7577838674));
        IsStrictly(third, 1, ("risk", 0.02399364755), ("m1", 0.9476573093));
        IsStrictly(third, 2, ("risk", 0.006752332297), ("m1", 0.9856169977));
        var fourth = Cases.Continuum(Two(Cases.Logistic, 3, 4, 0.25), 0.7, 1e3, 1e5);
        IsStrictly(fourth, 0, ("risk", 0.01308888505));

        // Half a unit of the last digit that is given.
        fourth["risk"][1].ShouldBe(0.0002836288, 5e-11);
    }

    [Fact]
    public void TwoPowersAtFiniteDimension()
    {
        var spectra = (First: ClassSpectrum.PowerLaw(1.1), Second: ClassSpectrum.PowerLaw(1.5));
        var logistic = Cases.Theory(Cases.TwoClasses(Cases.Logistic, 0.3, spectra.First, spectra.Second, MeanProfile.PowerOf(0.25), 50), 0.9, [1, 100]);
        IsStrictly(logistic, 0, ("risk", 0.5800771233));
        IsStrictly(logistic, 1, ("risk", 0.1902490485), ("risk1", 0.2316689961), ("risk2", 0.1724976424));
        var squares = Cases.Theory(Cases.TwoClasses(Cases.LeastSquares, 0.3, spectra.First, spectra.Second, MeanProfile.PowerOf(0.25), 50), 0.9, [10, 100]);
        IsStrictly(squares, 0, ("risk", 0.1910416585));
        IsStrictly(squares, 1, ("risk", 0.1554087862));
    }

    [Fact]
    public void CleanMeansOnZeroOne()
    {
        var solution = Cases.Continuum(Cases.Symmetric(Cases.Logistic, ClassSpectrum.ZeroOne(0.5), mean: MeanProfile.Clean(0.5)), 0.7, 1, 100, 1e5);
        solution.Statistics.StateSize.ShouldBeLessThan(8, "two blocks");
        IsStrictly(solution, 0, ("risk", 0.550597782), ("m1", 0.32141803));
        solution["b11"][0].ShouldBe(0.0437319, 1e-7);
        IsStrictly(solution, 1, ("risk", 0.0148003691), ("m1", 4.2083671));
        IsStrictly(solution, 2, ("risk", 1.42873786e-5));
        solution["b11"][2].ShouldBe(5.00158e-6, 1e-11);
    }

    [Theory]
    [InlineData(1, 0.5, 1, 0.5817256984, -0.3979728672, 0.1989864336, 0.1989864336)]
    [InlineData(1, 3, 4, 0.1820085406, -0.1295942009, 0.07790778807, 0.05168641286)]
    [InlineData(-1, 1, 0.25, 1.337550288, 0.7205808152, 0.1919411722, 0.528639643)]
    public void ExpectationsOfTheLogisticLoss(int label, double mean, double variance, double risk, double force, double curvature, double noise)
    {
        var moments = new LogisticLoss().Expect(label * mean, variance);
        moments.Risk.ShouldBe(risk, 1e-9);
        (label * moments.Force).ShouldBe(force, 1e-9);
        moments.Curvature.ShouldBe(curvature, 1e-9);
        moments.Noise.ShouldBe(noise, 1e-9);
    }

    [Fact]
    public void ExpectationsOfTheSoftmaxLoss()
    {
        var moments = new OutputMoments(3);
        new SoftmaxLoss().Expect(0, [0.5, -0.2, 0.1], [1, 0.2, 0, 0.2, 0.8, 0.1, 0, 0.1, 1.5], moments);
        moments.Risk.ShouldBe(1.05853492, 1e-8);
        double[] force = [-0.56856981, 0.23299733, 0.33557248];
        for (var k = 0; k < force.Length; k++)
            moments.Force[k].ShouldBe(force[k], 1e-8);
    }

    private static MultiClassProblem Two(ClassLoss loss, double first, double second, double profile) => Cases.TwoClasses(loss, 0.5, ClassSpectrum.PowerLaw(first), ClassSpectrum.PowerLaw(second), MeanProfile.PowerOf(profile), 50);

    private static void Is(Solution solution, int row, params (string Name, double Value)[] expected) => Are(solution, row, Tolerance, expected);

    private static void IsStrictly(Solution solution, int row, params (string Name, double Value)[] expected) => Are(solution, row, Strict, expected);

    private static void Are(Solution solution, int row, double tolerance, (string Name, double Value)[] expected)
    {
        solution.Status.ShouldBe(SolveStatus.Completed);
        foreach (var (name, value) in expected)
            solution[name][row].ShouldBe(value, tolerance * Math.Abs(value), $"{name} at t = {solution.Times[row]}");
    }
}
