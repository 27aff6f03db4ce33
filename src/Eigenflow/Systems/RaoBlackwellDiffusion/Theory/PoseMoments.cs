namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Moments of the poses u = g a up to the fourth, over all templates and the design of the group, or over the templates as they stand.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Second">C = E u uᵀ, d × d.</param>
/// <param name="Fourth">E u_a u_b u_c u_d, d⁴ numbers; empty where only the second moments are needed.</param>
internal sealed record PoseMoments(int Dimension, double[] Second, double[] Fourth)
{
    /// <summary>Largest dimension of fourth moments.</summary>
    public const int LargestFourth = 16;

    /// <summary>Largest dimension of second moments.</summary>
    public const int LargestSecond = 512;

    private const double MostWork = 3e9;

    /// <summary>The moments.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="isSymmetrised">Whether poses are random.</param>
    /// <param name="hasFourth">Whether fourth moments are needed.</param>
    /// <exception cref="ParameterException">The group has no list of elements of a sensible size, or templates are too large.</exception>
    public static PoseMoments Of(DiffusionProblem problem, bool isSymmetrised, bool hasFourth)
    {
        Check(problem, hasFourth);
        var (d, design) = (problem.Dimension, isSymmetrised ? problem.Group.DesignSize : 1);
        var (second, fourth, u) = (new double[d * d], new double[hasFourth ? d * d * d * d : 0], new double[d]);
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var weight = problem.Templates.Weights[m] / design;
            for (var k = 0; k < design && weight > 0; k++)
            {
                problem.Group.ApplyDesign(k, problem.Templates.Values[m], u);
                for (var a = 0; a < d; a++)
                {
                    for (var b = 0; b < d; b++)
                        second[(a * d) + b] += weight * u[a] * u[b];
                }

                if (hasFourth)
                    AddFourth(fourth, u, weight);
            }
        }

        if (hasFourth)
            Mirror(fourth, d);
        return new PoseMoments(d, second, fourth);
    }

    /// <summary>Checks that moments can be summed.</summary>
    /// <exception cref="ParameterException">They cannot.</exception>
    public static void Check(DiffusionProblem problem, bool hasFourth)
    {
        if (problem.IsTorus)
            throw new ParameterException("group", problem.Group.Name, "a linear group for this method", "on the torus the method variance says what can be said");
        if (problem.Group.DesignSize == 0)
            throw new ParameterException("group", problem.Group.Name, FormattableString.Invariant($"a group whose moments are sums over at most {SymmetryGroup.LargestDesign} elements for this method"), "choose smaller templates");
        var most = hasFourth ? LargestFourth : LargestSecond;
        var power = hasFourth ? 4 : 2;
        if (problem.Dimension > most || Math.Pow(problem.Dimension, power) * problem.Group.DesignSize * problem.Templates.Count > MostWork)
            throw new ParameterException("templates", $"({problem.Templates.Count} of {problem.Dimension} numbers)", $"templates of at most {most} numbers for this method, and fewer for groups of many elements", hasFourth ? "method = sgd takes larger ones" : "choose smaller templates");
    }

    // Sums for a ≤ b ≤ c ≤ d alone.
    private static void AddFourth(double[] fourth, double[] u, double weight)
    {
        var d = u.Length;
        for (var a = 0; a < d; a++)
        {
            for (var b = a; b < d; b++)
            {
                for (var c = b; c < d; c++)
                {
                    var product = weight * u[a] * u[b] * u[c];
                    var row = fourth.AsSpan(((((a * d) + b) * d) + c) * d, d);
                    for (var e = c; e < d; e++)
                        row[e] += product * u[e];
                }
            }
        }
    }

    private static void Mirror(double[] fourth, int d)
    {
        Span<int> index = stackalloc int[4];
        for (var k = 0; k < fourth.Length; k++)
        {
            (index[0], index[1], index[2], index[3]) = (k / (d * d * d), k / (d * d) % d, k / d % d, k % d);
            index.Sort();
            fourth[k] = fourth[(((((index[0] * d) + index[1]) * d) + index[2]) * d) + index[3]];
        }
    }
}
