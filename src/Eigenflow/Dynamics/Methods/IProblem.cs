using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>One instance of a system, whatever the system.</summary>
public interface IProblem
{
    /// <summary>Identifier of the system.</summary>
    string SystemId { get; }

    /// <summary>Checks every member.</summary>
    /// <exception cref="ParameterException">A member that is not allowed.</exception>
    void Validate();

    /// <summary>The numbers that a picture or a file names a problem by that was made in code and not from a setting; none by default.</summary>
    Setting Describe() => Setting.Empty;
}
