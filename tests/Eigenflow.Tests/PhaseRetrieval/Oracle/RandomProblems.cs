using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;

namespace Eigenflow.Tests.PhaseRetrieval.Oracle;

/// <summary>Random problems of every kind, with times over their whole trajectory. Equal seeds give equal problems.</summary>
internal static class RandomProblems
{
    public static (PhaseRetrievalProblem Problem, double[] Times, string Description) Make(int seed, int largestDimension, int points)
    {
        var random = new System.Random(seed);
        var dimension = (int)Math.Floor(Math.Pow(largestDimension + 0.999, random.NextDouble()));
        var (spectrum, spectrumText) = RandomSpectrum(random, dimension);
        var (teacher, teacherText) = RandomTeacher(random, dimension);
        var problem = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = teacher, Accuracy = 0.02 };
        var teacherValues = problem.Modes(ModeRepresentation.Full).Teacher;
        var (start, startText) = RandomStart(random, teacherValues);
        problem = problem with { Start = start };
        var modes = problem.Modes(ModeRepresentation.Full);
        var s = modes.Moments(1).Start;
        var first = 0.02 / (24 * modes.LargestEigenvalue * Math.Max(modes.TeacherOverlap, s));
        var last = Math.Max(3 / (8 * modes.SmallestEigenvalue * modes.TeacherOverlap), 100 * first);
        return (problem, [.. TimeGrid.Logarithmic(first, last, points).Where(time => time > 0)], $"seed {seed} d={dimension} {spectrumText} {teacherText} {startText}");
    }

    private static (Spectrum Spectrum, string Text) RandomSpectrum(System.Random random, int dimension)
    {
        switch (random.Next(5))
        {
            case 0:
                var steep = 6 * random.NextDouble();
                return (Spectrum.PowerLaw(dimension, steep), $"power {steep:F2}");
            case 1:
                return (Spectrum.Isotropic(dimension), "isotropic");
            case 2:
                var decades = 4 * random.NextDouble();
                return (Values(_ => Math.Pow(10, -decades * random.NextDouble())), $"list {decades:F1}");
            case 3:
                return (Values(i => i < 1 + (dimension / 50) ? 1 + (20 * random.NextDouble()) : 0.5 + (0.1 * random.NextDouble())), "spiked");
            default:
                var levels = Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Math.Pow(10, -3 * random.NextDouble())).ToArray();
                return (Values(_ => levels[random.Next(levels.Length)]), "groups");
        }

        Spectrum Values(Func<int, double> value) => Spectrum.FromValues([.. Enumerable.Range(0, dimension).Select(value).OrderDescending()]);
    }

    private static (Teacher Teacher, string Text) RandomTeacher(System.Random random, int dimension)
    {
        switch (random.Next(4))
        {
            case 0:
                return (Teacher.Ones(), "ones");
            case 1:
                return (Teacher.Gaussian(random.Next()), "gaussian");
            case 2:
                var exponent = -5 + (8 * random.NextDouble());
                return (Teacher.Source(exponent), $"source {exponent:F2}");
            default:
                // Some coefficients are zero, but not all.
                var values = Enumerable.Range(0, dimension).Select(_ => random.Next(4) == 0 ? 0 : Normal(random)).ToArray();
                values[random.Next(dimension)] = 1;
                return (Teacher.FromValues(values), "sparse");
        }
    }

    private static (Start Start, string Text) RandomStart(System.Random random, double[] teacher)
    {
        var size = Math.Pow(10, -10 + (13 * random.NextDouble()));
        var sign = random.Next(2) == 0 ? -1 : 1;
        switch (random.Next(7))
        {
            case 0:
                return (Start.Alternating(), "alternating");
            case 1:
                return (Start.UnitSphere(random.Next()), "sphere");
            case 2:
                return (Start.Gaussian(random.Next()), "normal");
            case 3:
                return (Values(value => sign * size * value), $"parallel {sign * size:G3}");
            case 4:
                // Nearer, the difference from the teacher would have fewer digits than the finest tolerance.
                size = Math.Max(size, 1e-3);
                return (Values(value => sign * value * (1 + (size * Normal(random)))), $"near {sign} {size:G3}");
            case 5:
                var one = random.Next(teacher.Length);
                var index = 0;
                return (Values(_ => (index++ == one ? 1 : 1e-3) * size * Normal(random)), $"one {size:G3}");
            default:
                return (Values(_ => size * Normal(random)), $"random {size:G3}");
        }

        Start Values(Func<double, double> value) => Start.FromValues(teacher.Select(value));
    }

    private static double Normal(System.Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
